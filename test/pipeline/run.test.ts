import { join } from "node:path";
import { expect } from "expect";
import { executeRun } from "../../src/pipeline/run.ts";
import { listRuns, openRun } from "../../src/pipeline/store.ts";
import { toyGraph, witness } from "./toy.ts";

const record = (id: string) => ({
  id,
  title: "A toy run",
  command: ["toy"],
  config: { value: 1 },
  seeds: [0],
  resolved: { device: "cpu" },
  versions: {},
  hardware: {},
});

function execute(out: string, id = "toy") {
  return executeRun({
    out,
    record: record(id),
    nodes: toyGraph(1),
    workers: 1,
    signal: new AbortController().signal,
    publish: () => Promise.resolve(),
    ...witness(),
  });
}

Deno.test("executeRun() leaves a run that listRuns() finds, with its record and events", async () => {
  const out = await Deno.makeTempDir();
  await execute(out);
  const [run] = await listRuns(out);
  expect(run?.record.nodes.map(({ id, inputs }) => [id, inputs])).toEqual([
    ["first", []],
    ["second", ["first"]],
  ]);
  expect((await run?.events())?.map(({ type }) => type)).toEqual(
    ["run-started", "started", "finished", "started", "progress", "finished", "run-finished"],
  );
  expect(await Deno.readTextFile(await run?.artifactFile("second", "number.txt") ?? "")).toBe("2");
});

Deno.test("executeRun() keeps the date of the first start when it goes on", async () => {
  const out = await Deno.makeTempDir();
  const first = await execute(out);
  const second = await execute(out);
  expect(second.record.createdAt).toBe(first.record.createdAt);
});

Deno.test("executeRun() into a folder that cannot be made is the user's to mend", async () => {
  const file = await Deno.makeTempFile();
  const told = { name: "UserError", message: expect.stringContaining("--out") };
  await expect(execute(join(file, "runs"))).rejects.toMatchObject(told);
  await expect(execute("/proc/clusterfit")).rejects.toMatchObject(told);
  const { message } = await execute("/proc/clusterfit").catch((error: Error) => error) as Error;
  expect(message.match(/\/proc\/clusterfit/g)?.length).toBe(1);
});

Deno.test("openRun() of a folder without a run says so, and listRuns() passes it over", async () => {
  const out = await Deno.makeTempDir();
  await Deno.mkdir(join(out, "other"));
  await Deno.mkdir(join(out, "broken"));
  await Deno.writeTextFile(join(out, "broken", "run.json"), "{");
  await expect(openRun(join(out, "other"))).rejects.toThrow("no run.json");
  await expect(openRun(join(out, "broken"))).rejects.toMatchObject({ name: "UserError" });
  expect(await listRuns(out)).toEqual([]);
  expect(await listRuns(join(out, "missing"))).toEqual([]);
});
