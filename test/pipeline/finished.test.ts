import { join } from "node:path";
import { expect } from "expect";
import { finishedRun } from "../../src/pipeline/finished.ts";
import { runPaths } from "../../src/pipeline/store.ts";
import { execute } from "./execute.ts";
import { toyGraph } from "./toy.ts";

/** Two finished runs of the same graph: the artifacts of the second are links to those of the first. */
async function twoRuns() {
  const out = await Deno.makeTempDir();
  for (const id of ["one", "two"]) await execute(out, id);
  const dir = join(out, "two");
  return { dir, finished: () => finishedRun({ dir, out, nodes: toyGraph(1) }) };
}

Deno.test("finishedRun() is the run where all of it is there and intact", async () => {
  const { dir, finished } = await twoRuns();
  expect((await finished())?.dir).toBe(dir);
});

const harm: readonly [name: string, harm: (dir: string) => Promise<void>][] = [
  ["a damaged artifact, though another run has an equal one", async (dir) => {
    const path = join(runPaths(dir).artifact("first"), "number.txt");
    await Deno.remove(path); // both runs have the same file, by a hard link
    await Deno.writeTextFile(path, "2");
  }],
  ["a missing artifact, though another run has an equal one", async (dir) => {
    await Deno.remove(runPaths(dir).artifact("second"), { recursive: true });
  }],
  ["a damaged event log", async (dir) => {
    const { events } = runPaths(dir);
    await Deno.writeTextFile(events, `?\n${await Deno.readTextFile(events)}`);
  }],
  ["no event log", (dir) => Deno.remove(runPaths(dir).events)],
  ["a published file that has changed", (dir) => Deno.writeTextFile(join(dir, "page.txt"), "")],
  ["no run.json", (dir) => Deno.remove(runPaths(dir).record)],
];

for (const [name, damage] of harm) {
  Deno.test(`finishedRun() is nothing with ${name}`, async () => {
    const { dir, finished } = await twoRuns();
    await damage(dir);
    expect(await finished()).toBeUndefined();
  });
}

Deno.test("finishedRun() is nothing where another graph is asked for", async () => {
  const { dir } = await twoRuns();
  const out = join(dir, "..");
  expect(await finishedRun({ dir, out, nodes: toyGraph(2) })).toBeUndefined();
});

Deno.test("finishedRun() is nothing where all artifacts are there and the run did not come to its end", async () => {
  const { dir, finished } = await twoRuns();
  const { events } = runPaths(dir);
  const lines = (await Deno.readTextFile(events)).trimEnd().split("\n");
  await Deno.writeTextFile(events, `${lines.slice(0, -1).join("\n")}\n`);
  expect(await finished()).toBeUndefined();
});
