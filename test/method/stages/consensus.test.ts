import { expect } from "expect";
import { startEngine } from "../../../src/engine/mod.ts";
import { consensus, type ConsensusConfig } from "../../../src/method/stages/consensus.ts";
import { StageRun } from "./stage_run.ts";

const config: ConsensusConfig = { k: 3, iterations: 9, starts: 2, seed: 11, versions: {} };

const inputs = async (stage: StageRun) => ({
  "clusters.0": await stage.labels("first", { names: ["a", "b"], labels: [0, 0, 0, 1, 1, 1] }),
  "clusters.1": await stage.labels("second", { names: ["a", "b"], labels: [0, 0, 1, 1, 1, 1] }),
});

Deno.test("consensus is of all clusterings that go in, and has no centroids", async () => {
  await using stage = await StageRun.open();
  const { files, progress } = await stage.run(consensus, config, await inputs(stage));
  const [call, ...more] = stage.engine.calls;
  expect(more).toEqual([]);
  expect(call).toMatchObject({
    name: "consensus",
    args: [["first/labels.safetensors", "second/labels.safetensors"], config],
  });
  expect(await stage.origin("labels.safetensors", "labels")).toBe(call?.made);
  expect([...files].sort()).toEqual(["clusters.json", "labels.json", "labels.safetensors"]);
  expect(progress).toEqual([{ done: 1, total: 4, unit: "starts" }]);
});

Deno.test("what two clusterings tell apart together, by hand", async () => {
  await using stage = await StageRun.open();
  const engine = await startEngine();
  const save = async (name: string, labels: readonly bigint[]) =>
    await engine.tensors.save(name, {
      labels: { data: BigInt64Array.from(labels), shape: [labels.length] },
    });
  const given = await inputs(stage);
  await save(given["clusters.0"].file("labels.safetensors"), [0n, 0n, 0n, 1n, 1n, 1n]);
  await save(given["clusters.1"].file("labels.safetensors"), [0n, 0n, 1n, 1n, 1n, 1n]);
  await stage.run(consensus, config, given, { engine });
  using found = await engine.tensors.load(stage.path("labels.safetensors"));
  const [a, b, c, ...rest] = engine.tensors.toArray(found.get("labels"));
  expect([a === b, a === c, rest.every((id) => id === rest[0]), rest[0] === c]).toEqual([
    ...[true, false, true, false],
  ]);
  expect(await stage.json("clusters.json")).toMatchObject({
    ...{ k: 3, points: 6, objective: 0, empty: 0, distinct: 3 },
  });
  expect(await stage.json("labels.json")).toMatchObject({ rows: 6, classes: 3, names: null });
});
