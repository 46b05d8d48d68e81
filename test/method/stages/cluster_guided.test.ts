import { expect } from "expect";
import { startEngine } from "../../../src/engine/mod.ts";
import { clusterGuided, type GuidedConfig } from "../../../src/method/stages/cluster_guided.ts";
import { StageRun } from "./stage_run.ts";

const config: GuidedConfig = {
  ...{ k: 2, iterations: 9, seed: 11, normalise: true, weight: 0.5 },
  ...{ device: "some device", threads: 2, versions: {} },
};

const inputs = async (stage: StageRun) => ({
  features: await stage.features("features", new Float32Array(8), [4, 2]),
  labels: await stage.labels("hashtags", { names: ["a", "b", "c"], labels: [0, 2, 0, 2] }),
});

Deno.test("cluster_guided clusters the normalised features with the labels of their rows", async () => {
  await using stage = await StageRun.open();
  const { files, progress } = await stage.run(clusterGuided, config, await inputs(stage));
  const [normalise, made, ...more] = stage.engine.calls;
  expect(more).toEqual([]);
  expect(made).toMatchObject({
    name: "guide",
    args: [normalise?.made, "hashtags/labels.safetensors", 3, config],
  });
  expect(progress).toEqual([{ done: 1, total: 9, unit: "iterations" }]);
  expect([...files].sort()).toEqual([
    ...["centroids.safetensors", "clusters.json", "labels.json", "labels.safetensors"],
  ]);
  expect(await stage.json("clusters.json")).toMatchObject({ k: 2, impurity: 1.5 });
  expect(await stage.origin("labels.safetensors", "labels")).toBe(made?.made);
});

Deno.test("cluster_guided takes features as they are where they are not to be normalised", async () => {
  await using stage = await StageRun.open();
  await stage.run(clusterGuided, { ...config, normalise: false }, await inputs(stage));
  expect(stage.engine.calls.map(({ name, args }) => [name, args[0]])).toEqual([
    ["guide", "features/features.safetensors"],
  ]);
});

Deno.test("cluster_guided refuses rows of several labels", async () => {
  await using stage = await StageRun.open();
  const given = await inputs(stage);
  const several = await stage.tags("Tags", { names: ["a", "b"], labels: [[0, 1], []] });
  await expect(stage.run(clusterGuided, config, { ...given, labels: several })).rejects.toThrow(
    'Cannot guide clusters: it needs one label a row, found several in "Tags".',
  );
});

Deno.test("rows of one label come together where the weight is more than their distance, by hand", async () => {
  await using stage = await StageRun.open();
  const engine = await startEngine();
  const { labels } = await inputs(stage);
  // plain: {0, 1} and {2, 3}; by labels {0, 2} and {1, 3}
  const features = await stage.features("real", Float32Array.of(0, 1, 3, 4), [4, 1], engine);
  await engine.tensors.save(labels.file("labels.safetensors"), {
    labels: { data: BigInt64Array.of(0n, 2n, 0n, 2n), shape: [4] },
  });
  const found = async (weight: number) => {
    const real = { ...config, normalise: false, device: "cpu", seed: 12, weight };
    await stage.run(clusterGuided, real, { features, labels }, { engine });
    return await stage.json("clusters.json");
  };
  // means 0.5 and 3.5; each cluster has both labels: 2 rows x 1/2, twice
  expect(await found(0.1)).toMatchObject({ objective: 1 + 0.1 * 2, impurity: 2, sizes: [2, 2] });
  // means 1.5 and 2.5
  expect(await found(50)).toMatchObject({ objective: 9, impurity: 0, sizes: [2, 2] });
});
