import { expect } from "expect";
import { dirname, join } from "node:path";
import { checkLayers } from "../../tasks/lib/layers.ts";
import { readImports } from "../../tasks/lib/module_graph.ts";

/** The problems of a made-up source tree: file name -> text. */
async function problemsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = await Deno.realPath(await Deno.makeTempDir());
  try {
    await Deno.writeTextFile(join(root, "deno.json"), "{}");
    for (const [name, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(join(root, name)), { recursive: true });
      await Deno.writeTextFile(join(root, name), text);
    }
    return checkLayers(await readImports(root, ["mod.ts", "src", "tasks"]));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("imports that point down are no problem", async () => {
  const problems = await problemsOf({
    "mod.ts": `export * from "./src/method/method.ts";`,
    "src/cli/main.ts": `import "../experiments/table.ts"; import "../engine/engine.ts";`,
    "src/experiments/table.ts": `import "../method/method.ts";`,
    "src/method/method.ts": `import "../pipeline/run.ts"; import "node:path"; import "zod";
      import type { Engine } from "../engine/engine.ts"; export type Own = Engine;`,
    "src/engine/engine.ts": `import "../python/python.ts"; export type Engine = 1;`,
    "src/pipeline/run.ts": "export {};",
    "src/python/python.ts": "export {};",
  });
  expect(problems).toEqual([]);
});

Deno.test("an import that points up is told with its file and line", async () => {
  const problems = await problemsOf({
    "src/pipeline/run.ts": `\nimport { k } from "../method/method.ts"; k;`,
    "src/method/method.ts": "export const k = 1;",
  });
  expect(problems).toEqual([
    "src/pipeline/run.ts:2 imports src/method/method.ts: src/pipeline/ may import nothing but itself",
  ]);
});

Deno.test("re-exports and dynamic imports count as imports", async () => {
  const problems = await problemsOf({
    "src/python/a.ts": `export * from "../engine/engine.ts";`,
    "src/python/b.ts": `await import("../engine/engine.ts");`,
    "src/engine/engine.ts": "export {};",
  });
  expect(problems.length).toBe(2);
});

Deno.test("the engine may be imported by its types only", async () => {
  const problems = await problemsOf({
    "src/data/icons.ts": `import { engine } from "../engine/engine.ts"; engine;`,
    "src/engine/engine.ts": "export const engine = 1;",
  });
  expect(problems[0]).toContain("by `import type` only");
});

Deno.test("report, server and results see nothing of the method", async () => {
  const problems = await problemsOf({
    "src/report/a.ts": `import "../method/graph.ts";`,
    "src/results/c.ts": `import "../method/graph.ts";`,
    "src/server/b.ts": `import "../method/graph.ts";`,
    "src/method/graph.ts": "export {};",
  });
  expect(problems.map((problem) => problem.split(":")[0])).toEqual([
    "src/report/a.ts",
    "src/results/c.ts",
    "src/server/b.ts",
  ]);
});

Deno.test("an npm package outside its place is a problem, under any spelling", async () => {
  const problems = await problemsOf({
    "src/python/a.ts": `import "zod";`,
    "src/pipeline/b.ts": `import "npm:sharp";`,
    "src/data/c.ts": `import "sharp"; import "@scope/unknown/file.js";`,
  });
  expect(problems.map((problem) => problem.replace(/:.*/, ""))).toEqual([
    "src/data/c.ts",
    "src/pipeline/b.ts",
    "src/python/a.ts",
  ]);
  expect(problems[0]).toContain("imports @scope/unknown: no layer may import this package");
});

Deno.test("an import cycle is told once, with its path", async () => {
  const problems = await problemsOf({
    "src/pipeline/a.ts": `import "./b.ts"; import "./d.ts";`,
    "src/pipeline/b.ts": `import "./c.ts"; import "./d.ts";`,
    "src/pipeline/c.ts": `import "./a.ts";`,
    "src/pipeline/d.ts": "export {};",
  });
  expect(problems).toEqual([
    "import cycle: src/pipeline/a.ts -> src/pipeline/b.ts -> src/pipeline/c.ts -> src/pipeline/a.ts",
  ]);
});

Deno.test("type-only imports count for a cycle", async () => {
  const problems = await problemsOf({
    "src/pipeline/a.ts": `import type { B } from "./b.ts"; export type A = B;`,
    "src/pipeline/b.ts": `import type { A } from "./a.ts"; export type B = A | 1;`,
  });
  expect(problems).toEqual([
    "import cycle: src/pipeline/a.ts -> src/pipeline/b.ts -> src/pipeline/a.ts",
  ]);
});

Deno.test("a folder of src that is in no layer is a problem", async () => {
  const problems = await problemsOf({
    "src/util/a.ts": `import "../pipeline/b.ts";`,
    "src/pipeline/b.ts": "export {};",
  });
  expect(problems[0]).toContain("src/util/a.ts is in no layer");
});

Deno.test("imports in strings and comments are none", async () => {
  const problems = await problemsOf({
    "src/python/a.ts":
      "// import '../cli/main.ts'\nexport const s = `\nimport '../cli/main.ts';\n`;",
    "src/cli/main.ts": "export {};",
  });
  expect(problems).toEqual([]);
});
