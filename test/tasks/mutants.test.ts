import { expect } from "expect";
import { dirname, join } from "node:path";
import { currentEnvironment } from "../../tasks/lib/environment.ts";
import { sourceFiles } from "../../tasks/lib/source_files.ts";
import { copyTree } from "../../tasks/mutants/copy_tree.ts";
import { mutants } from "../../tasks/mutants/list.ts";
import { type Mutant, mutate } from "../../tasks/mutants/mutant.ts";
import { conclude, tryMutants, type TryOptions } from "../../tasks/mutants/try_mutants.ts";
import { isThere } from "../../src/pipeline/files.ts";
import { runTaskFile } from "./support.ts";

const { root } = currentEnvironment();

/** A tree of these files, gone at the end of the test. */
async function tree(files: Readonly<Record<string, string>>) {
  const path = await Deno.makeTempDir();
  for (const [name, text] of Object.entries(files)) {
    await Deno.mkdir(dirname(join(path, name)), { recursive: true });
    await Deno.writeTextFile(join(path, name), text);
  }
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

const sum = {
  "src/sum.ts": "export const sum = (a: number, b: number) => a + b;\nexport const unused = 1;\n",
  "test/sum.test.ts": `import { sum } from "../src/sum.ts";
    Deno.test("sum", () => { if (sum(2, 3) !== 5) throw new Error(); });`,
  "test/other.test.ts": `Deno.test("other", () => {});`,
};

const plus: Mutant = {
  id: "plus",
  room: "toy",
  file: "src/sum.ts",
  find: "a + b",
  replace: "a - b",
  breaks: "sums",
  tests: ["test/other.test.ts", "test/sum.test.ts"],
};
const unseen: Mutant = { ...plus, id: "unseen", find: "unused = 1", replace: "unused = 2" };

async function tryIn(
  path: string,
  some: readonly Mutant[],
  options: Pick<TryOptions, "patience"> = {},
) {
  await using scratch = await tree({});
  const said: string[] = [];
  const tried = await tryMutants(some, {
    ...{ root: path, scratch: scratch.path, python: "/none", env: {}, ...options },
    say: (line) => said.push(line),
  });
  return { tried, said };
}

Deno.test("a mutant is killed by the first of its tests that fails, and survives where none does", async () => {
  await using toy = await tree(sum);
  const { tried, said } = await tryIn(toy.path, [plus, unseen]);
  expect(tried).toEqual([
    { mutant: plus, killedBy: "test/sum.test.ts", hung: false },
    { mutant: unseen, hung: false },
  ]);
  expect(said.slice(2)).toEqual([
    "[1/2] killed plus by test/sum.test.ts",
    "[2/2] SURVIVED unseen: sums",
  ]);
  expect(conclude(tried).split("\n")).toEqual([
    "2 mutants: 1 killed, 1 survived",
    "  unseen: sums (src/sum.ts; tried test/other.test.ts, test/sum.test.ts)",
  ]);
});

Deno.test("each mutant is alone: what the one before it changed is as it was", async () => {
  await using toy = await tree(sum);
  const { tried } = await tryIn(toy.path, [plus, unseen]);
  expect(tried[1]?.killedBy).toBeUndefined();
  expect(await Deno.readTextFile(join(toy.path, "src/sum.ts"))).toBe(sum["src/sum.ts"]);
});

Deno.test("a mutant that makes a test hang is killed, and that is told", async () => {
  await using toy = await tree(sum);
  const hangs = { ...plus, replace: "(() => { while (true); })()" };
  const { tried, said } = await tryIn(toy.path, [hangs], { patience: () => 1 });
  expect(tried).toEqual([{ mutant: hangs, killedBy: "test/sum.test.ts", hung: true }]);
  expect(said.at(-1)).toBe("[1/1] killed plus by test/sum.test.ts, which came to no end");
  expect(conclude(tried)).toBe("1 mutants: 1 killed (1 by a hang), 0 survived");
});

Deno.test("tests have to pass without a mutant", async () => {
  const failing = `Deno.test("other", () => { throw new Error("broken"); });`;
  await using toy = await tree({ ...sum, "test/other.test.ts": failing });
  await expect(tryIn(toy.path, [plus])).rejects.toThrow(
    "Cannot try mutants: it needs test/other.test.ts to pass without one, found 1 failed",
  );
});

Deno.test("tests that are not there, or that hold none, do not pass", async () => {
  for (const text of [undefined, "export {};"]) {
    await using toy = await tree({ ...sum, ...(text && { "test/empty.test.ts": text }) });
    await expect(tryIn(toy.path, [{ ...plus, tests: ["test/empty.test.ts"] }])).rejects.toThrow(
      "Cannot try mutants: it needs test/empty.test.ts to pass",
    );
  }
});

Deno.test("a line that is not in its file, or twice, is told before any test runs", async () => {
  await using toy = await tree(sum);
  const missing = { ...plus, find: "a * b" };
  await expect(tryIn(toy.path, [missing])).rejects.toThrow(
    'Cannot apply the mutant "plus": it needs its line once in src/sum.ts, found 0 times "a * b". ' +
      "Correct tasks/mutants/rooms/.",
  );
  expect(() => mutate("a + b; a + b", plus)).toThrow("found 2 times");
});

Deno.test("what replaces a line is taken as it is", () => {
  expect(mutate("x = a + b;", { ...plus, replace: "$& $1" })).toBe("x = $& $1;");
});

Deno.test("the copy is the tree as it stands, with links to what is installed", async () => {
  await using from = await tree({
    ...sum,
    "deno.json": "{}",
    "runs/a/run.json": "{}",
    ".git/HEAD": "main",
    "py/__pycache__/a.pyc": "",
    "node_modules/zod/mod.ts": "export {};",
  });
  await using to = await tree({});
  await copyTree(from.path, to.path);
  const copied = ["src/sum.ts", "test/sum.test.ts", "deno.json", "node_modules/zod/mod.ts"];
  for (const name of copied) expect(await isThere(join(to.path, name))).toBe(true);
  for (const name of ["runs", ".git", "py/__pycache__", ".venv"]) {
    expect(await isThere(join(to.path, name))).toBe(false);
  }
  await Deno.writeTextFile(join(to.path, "src/sum.ts"), "changed");
  expect(await Deno.readTextFile(join(from.path, "src/sum.ts"))).toBe(sum["src/sum.ts"]);
});

Deno.test("every listed line is in its file once, is changed, and has tests that are there", async () => {
  for (const mutant of mutants) {
    mutate(await Deno.readTextFile(join(root, mutant.file)), mutant);
    expect(mutant.replace).not.toBe(mutant.find);
    for (const file of mutant.tests) {
      expect({ file, isThere: await isThere(join(root, file)) }).toEqual({ file, isThere: true });
    }
  }
  expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
});

Deno.test("every stage of the method has mutants", () => {
  const changed = new Set(mutants.map(({ file }) => file));
  const stages = sourceFiles(root, "src/method/stages");
  expect(stages.filter((file) => !changed.has(file))).toEqual([]);
});

Deno.test("deno task test:mutants --list names them, --only chooses, and refuses what it does not know", async () => {
  const all = await runTaskFile("mutants", "--list");
  expect(all.stdout.trim().split("\n").length).toBe(mutants.length);
  const [first] = mutants;
  const { code, stdout } = await runTaskFile("mutants", "--list", "--only", first?.id ?? "");
  expect([code, stdout]).toEqual([0, `${first?.room}  ${first?.id}: ${first?.breaks}\n`]);
  const unknown = await runTaskFile("mutants", "--only", "moon");
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('Cannot try "moon": it needs a room (pipeline, data, ');
});
