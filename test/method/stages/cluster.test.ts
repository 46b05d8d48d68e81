import { expect } from "expect";
import { startEngine } from "../../../src/engine/mod.ts";
import { clustersSchema } from "../../../src/method/clusters.ts";
import { cluster, type ClusterConfig } from "../../../src/method/stages/cluster.ts";
import { StageRun } from "./stage_run.ts";

const config: ClusterConfig = {
  ...{ k: 3, iterations: 9, seed: 11, engine: "torch", normalise: true },
  ...{ device: "some device", threads: 2, versions: {} },
};

/** Five rows of two features. */
const features = (stage: StageRun) => stage.features("features", new Float32Array(10), [5, 2]);

Deno.test("cluster fits the normalised features by the seed, K and engine of its config", async () => {
  await using stage = await StageRun.open();
  const { progress } = await stage.run(cluster, config, { features: await features(stage) });
  const [normalise, kmeans, ...more] = stage.engine.calls;
  expect(normalise).toMatchObject({ name: "normalise", args: ["features/features.safetensors"] });
  expect(kmeans).toMatchObject({ name: "kmeans", args: [normalise?.made, config] });
  expect(more).toEqual([]);
  expect(progress).toEqual([{ done: 1, total: 9, unit: "iterations" }]);
});

Deno.test("cluster takes features as they are where they are not to be normalised", async () => {
  await using stage = await StageRun.open();
  await stage.run(cluster, { ...config, normalise: false }, { features: await features(stage) });
  expect(stage.engine.calls.map(({ name, args }) => [name, args[0]])).toEqual([
    ["kmeans", "features/features.safetensors"],
  ]);
});

Deno.test("cluster writes labels, centroids and both cards: a class for each cluster", async () => {
  await using stage = await StageRun.open();
  const { files } = await stage.run(cluster, config, { features: await features(stage) });
  expect([...files].sort()).toEqual([
    ...["centroids.safetensors", "clusters.json", "labels.json", "labels.safetensors"],
  ]);
  expect(await stage.values("labels.safetensors", "labels")).toEqual([0, 1, 2, 0, 1]);
  expect((await stage.values("centroids.safetensors", "centroids")).length).toBe(6);
  expect(await stage.json("labels.json")).toEqual({
    ...{ title: "Clusters", kind: "single", rows: 5, classes: 3, names: null },
  });
  expect(await stage.json("clusters.json")).toEqual({
    ...{ k: 3, points: 5, iterations: 2, objective: 1, sizes: [2, 2, 1], empty: 0, distinct: 5 },
  });
});

Deno.test("cluster ends early on equal features and tells of the empty clusters", async () => {
  await using stage = await StageRun.open();
  const engine = await startEngine();
  const equal = new Float32Array(1000 * 4).fill(0.1);
  const input = await stage.features("equal", equal, [1000, 4], engine);
  const real: ClusterConfig = { ...config, k: 500, engine: "faiss", device: "cpu" };
  await stage.run(cluster, real, { features: input }, { engine });
  expect(clustersSchema.parse(await stage.json("clusters.json"))).toMatchObject({
    ...{ k: 500, points: 1000, iterations: 1, objective: 0, empty: 499, distinct: 1 },
  });
  // the empty clusters keep their outputs: ids stay below K
  expect(await stage.json("labels.json")).toMatchObject({ rows: 1000, classes: 500 });
});
