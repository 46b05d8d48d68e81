/** Tests pass on a machine that others keep busy: none measures how long something takes. */
import { expect } from "expect";
import { readFile } from "node:fs/promises";
import { currentEnvironment } from "../../tasks/lib/environment.ts";
import { sourceFiles } from "../../tasks/lib/source_files.ts";

/** Those that fix for how long they work, and expect nothing of what was done by then. */
const exempt = ["test/python/stress.ts"];

Deno.test("no test reads a stopwatch: it waits with until(), or counts CPU time by watchTurns()", async () => {
  const { root } = currentEnvironment();
  const stopwatch = /\bperformance\.now\(|\btime\.(?:monotonic|perf_counter)\(/;
  const found: string[] = [];
  for (const file of sourceFiles(root, "test")) {
    if (!exempt.includes(file) && stopwatch.test(await readFile(`${root}/${file}`, "utf8"))) {
      found.push(file);
    }
  }
  expect(found).toEqual([]);
});
