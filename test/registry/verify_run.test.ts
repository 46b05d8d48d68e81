/** Everything that a run holds is hashed again, and what is damaged is told once. */
import { join } from "node:path";
import { expect } from "expect";
import { hashFile } from "../../src/pipeline/files.ts";
import { lockFolder } from "../../src/pipeline/lock.ts";
import { objectPaths, runPaths } from "../../src/pipeline/store.ts";
import { Verifier } from "../../src/registry/verify/verifier.ts";
import { verifyRun } from "../../src/registry/verify_run.ts";
import { attempt } from "../pipeline/events.ts";
import { execute } from "../pipeline/execute.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { flip } from "./flip.ts";

Deno.test("a run that nobody touched is intact, and each of its files is read once for all its names", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path, "one");
  const other = await execute(folder.path, "two");
  expect(await verifyRun(dir)).toEqual([]);
  const told: number[] = [];
  const verifier = new Verifier({ progress: ({ done }) => told.push(done) });
  await verifier.measure([dir, other.dir, join(folder.path, "objects")]);
  expect(await verifier.run(dir)).toBe("intact");
  expect(await verifier.run(other.dir)).toBe("intact");
  await verifier.objects(folder.path);
  expect(verifier.damage()).toEqual([]);
  expect(verifier.read).toMatchObject({ files: 6, objects: 2 }); // two artifacts of two files, two pages
  const once = ["first", "second"].flatMap((node) =>
    ["manifest.json", "number.txt"].map((name) => join(dir, "artifacts", node, name))
  );
  const pages = [join(dir, "page.txt"), join(other.dir, "page.txt")];
  const sizes = [...once, ...pages].map((path) => Deno.statSync(path).size);
  expect(told.at(-1)).toBe(sizes.reduce((sum, size) => sum + size));
});

/** What is done to a run's folder; the path of what is damaged then, from there on, and what is said. */
const damages: readonly [name: string, act: (dir: string) => Promise<void>, string, string][] = [
  [
    "a flipped byte of an artifact's file",
    (dir) => flip(join(dir, "artifacts/first/number.txt")),
    "artifacts/first/number.txt",
    "it has SHA-256",
  ],
  [
    "a flipped byte of a manifest",
    (dir) => flip(join(dir, "artifacts/first/manifest.json"), 12),
    "artifacts/first/manifest.json",
    "is damaged",
  ],
  [
    "an artifact's file that was cut",
    (dir) => Deno.truncate(join(dir, "artifacts/first/number.txt")),
    "artifacts/first/number.txt",
    "(0 bytes)",
  ],
  [
    "an artifact's file that is missing",
    (dir) => Deno.remove(join(dir, "artifacts/first/number.txt")),
    "artifacts/first/number.txt",
    "cannot be read",
  ],
  [
    "an artifact that is missing",
    (dir) => Deno.remove(join(dir, "artifacts/first"), { recursive: true }),
    "artifacts/first",
    "is missing",
  ],
  [
    "a published file that was changed",
    (dir) => flip(join(dir, "page.txt")),
    "page.txt",
    "changed since the run wrote it",
  ],
  [
    "a published file that is missing",
    (dir) => Deno.remove(join(dir, "page.txt")),
    "page.txt",
    "cannot be read",
  ],
  [
    "a flipped byte of a line of the log",
    (dir) => flip(runPaths(dir).events, 40),
    "events.jsonl",
    "line 1 cannot be read",
  ],
  [
    "a log whose last line is cut off",
    (dir) => Deno.writeTextFile(runPaths(dir).events, '{"t":', { append: true }),
    "events.jsonl",
    "cut off after 5 bytes",
  ],
  [
    "a flipped byte of run.json",
    (dir) => flip(runPaths(dir).record, 60),
    "run.json",
    "cannot be read: ",
  ],
  ["no run.json", (dir) => Deno.remove(runPaths(dir).record), "run.json", "is missing"],
];

for (const [name, act, path, said] of damages) {
  Deno.test(`${name} is told once, with what mends it`, async () => {
    await using folder = await temporaryFolder();
    const { dir } = await execute(folder.path);
    await act(dir);
    const damage = await verifyRun(dir);
    expect(damage.map((one) => one.path)).toEqual([join(dir, path)]);
    expect(damage[0]!.message).toContain(said);
    expect(damage[0]!.mend).not.toBe("");
  });
}

Deno.test("what the run's own command mends is intact after it", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path);
  for (const [name, act] of damages.filter(([name]) => !name.includes("byte of run.json"))) {
    await act(dir);
    const [damage] = await verifyRun(dir);
    const { command } = name === "no run.json" ? attempt : { command: ["toy"] };
    expect({ name, ...damage }).toMatchObject({ mend: "the run's own command", command });
    await execute(folder.path);
    expect({ name, damage: await verifyRun(dir) }).toEqual({ name, damage: [] });
  }
});

Deno.test("of a damaged run.json the message says nothing of what to do, and its mend is what a command accepts", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path);
  const path = runPaths(dir).record;
  await flip(path, 60);

  const [damage, ...more] = await verifyRun(dir);

  expect(more).toEqual([]);
  expect(damage?.message).not.toMatch(/same command|\.$/);
  expect(damage).toMatchObject({
    mend: expect.stringContaining("a good copy"),
    command: attempt.command,
  });
  await expect(execute(folder.path)).rejects.toThrow("Put a good copy in its place");
  await Deno.rename(dir, `${dir}-away`);
  await execute(folder.path);
  expect(await verifyRun(dir)).toEqual([]);
});

Deno.test("a damaged file is told once with its hard links, in the objects and in other runs", async () => {
  await using folder = await temporaryFolder();
  const [one, two] = [await execute(folder.path, "one"), await execute(folder.path, "two")];
  await flip(join(one.dir, "artifacts/second/number.txt"));
  const verifier = new Verifier();
  expect(await verifier.run(one.dir)).toBe("damaged");
  expect(await verifier.run(two.dir)).toBe("damaged");
  await verifier.objects(folder.path);
  const [damage, ...more] = verifier.damage();
  expect(more).toEqual([]);
  expect(damage?.path).toBe(join(one.dir, "artifacts/second/number.txt"));
  expect(damage?.also.map((path) => path.replace(/[0-9a-f]{64}/, "key"))).toEqual([
    join(two.dir, "artifacts/second/number.txt"),
    join(folder.path, "objects/key/number.txt"),
  ]);
});

Deno.test("an object under another key, or whose origin is damaged, is told", async () => {
  await using folder = await temporaryFolder();
  await execute(folder.path);
  const { dir } = objectPaths(folder.path);
  const [first, second] = (await Array.fromAsync(Deno.readDir(dir))).flatMap(({ name }) =>
    /^[0-9a-f]{64}$/.test(name) ? [name] : []
  );
  await flip(join(dir, first!, "origin.json"), 30);
  const name = "0".repeat(64);
  await Deno.rename(join(dir, second!), join(dir, name));
  const verifier = new Verifier();
  await verifier.objects(folder.path);
  const told = verifier.damage().map(({ message }) => message);
  expect(told).toHaveLength(2);
  expect(told).toContainEqual(`${join(dir, name)} holds the artifact with the key ${second}`);
  expect(told).toContainEqual(expect.stringContaining("origin.json is damaged"));
});

Deno.test("a run at work is intact as far as it has come, though its last line and its page are on their way", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path);
  const bytes = await Deno.readFile(runPaths(dir).events);
  await Deno.writeFile(runPaths(dir).events, bytes.subarray(0, bytes.length - 5));
  await Deno.writeTextFile(join(dir, "page.txt"), "half a pa");
  expect((await verifyRun(dir)).length).toBeGreaterThan(0);
  using _held = await lockFolder(dir);
  expect(await verifyRun(dir)).toEqual([]);
  await flip(join(dir, "artifacts/first/number.txt"));
  expect((await verifyRun(dir)).length).toBe(1);
});

Deno.test("nothing outside is read: a name that leads there, or a link, is damage", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path);
  const file = join(dir, "artifacts/first/number.txt");
  const outside = join(folder.path, "outside.txt");
  await Deno.copyFile(file, outside);
  await Deno.remove(file);
  await Deno.symlink(outside, file);
  expect((await verifyRun(dir))[0]?.message).toContain("it is no regular file");
  expect((await hashFile(file)).bytes).toBe(1); // its bytes would be right
});

Deno.test("a run that goes away while it is verified is gone, and not damaged", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path);
  for (
    const act of [
      () => Deno.renameSync(dir, `${dir}-renamed`),
      () => Deno.removeSync(`${dir}-renamed`, { recursive: true }),
    ]
  ) {
    const at = [dir, `${dir}-renamed`].find((path) => {
      try {
        return Deno.statSync(path).isDirectory;
      } catch {
        return false;
      }
    })!;
    let first = true;
    const verifier = new Verifier({
      progress() {
        if (first) act();
        first = false;
      },
    });
    expect(await verifier.run(at)).toBe("gone");
    expect(verifier.damage()).toEqual([]);
  }
  await expect(verifyRun(dir)).rejects.toThrow("removed or renamed meanwhile");
});

Deno.test("an abort ends a verification with its reason", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path);
  const stop = new AbortController();
  const verified = verifyRun(dir, {
    signal: stop.signal,
    progress: () => stop.abort(new Error("stopped")),
  });
  await expect(verified).rejects.toThrow("stopped");
});
