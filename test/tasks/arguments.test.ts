import { expect } from "expect";
import { usage } from "../../tasks/lib/arguments.ts";
import { runTaskFile } from "./support.ts";

const tasks = {
  bench: "bench",
  "gpu-check": "gpu-check",
  layers: "layers",
  mutants: "test:mutants",
  ok: "ok",
  pythons: "test:pythons",
  setup: "setup",
  test: "test",
};

for (const [file, task] of Object.entries(tasks)) {
  Deno.test(`deno task ${task} --help says how it is used and does nothing else`, async () => {
    for (const flag of ["--help", "-h"]) {
      const { code, stdout, stderr } = await runTaskFile(file, flag);
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(new RegExp(`^deno task ${task}[ :]`));
      expect(stdout.split("\n").every(({ length }) => length <= 80)).toBe(true);
    }
  });
}

Deno.test("an unknown option is one line with the way to the usage", async () => {
  const { code, stderr } = await runTaskFile("ok", "--no-test");
  expect([code, stderr]).toEqual([
    2,
    "error: Unknown option '--no-test' (--help shows the usage)\n",
  ]);
});

Deno.test("a task that finds no usable Python says so as an error", async () => {
  const { code, stderr } = await runTaskFile("setup");
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/^error: The active virtual env.*\/none/),
  ]);
});

Deno.test("usage() is a file's first docstring, its paragraphs wrapped for a terminal", () => {
  expect(usage("/** `deno task x`: does it. */\n/** Other. */")).toBe("deno task x: does it.");
  expect(usage(`/**\n * ${"word ".repeat(20)}\n * more.\n *\n * Last.\n */`))
    .toBe(`${"word ".repeat(16).trim()}\n${"word ".repeat(4)}more.\n\nLast.`);
});
