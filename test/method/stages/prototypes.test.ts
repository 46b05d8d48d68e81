import { expect } from "expect";
import { startEngine } from "../../../src/engine/mod.ts";
import { prototypes, type PrototypesConfig } from "../../../src/method/stages/prototypes.ts";
import { StageRun } from "./stage_run.ts";

const config: PrototypesConfig = {
  ...{ engine: "torch", normalise: true, device: "some device", threads: 2, versions: {} },
};

/** Five rows of two features, of three labels, of which one has no row. */
const inputs = async (stage: StageRun) => ({
  features: await stage.features("features", new Float32Array(10), [5, 2]),
  labels: await stage.labels("hashtags", { names: ["a", "b", "c"], labels: [0, 2, 0, 2, 2] }),
});

Deno.test("prototypes are of the normalised features and the labels of their rows", async () => {
  await using stage = await StageRun.open();
  const { files } = await stage.run(prototypes, config, await inputs(stage));
  const [normalise, made, ...more] = stage.engine.calls;
  expect(more).toEqual([]);
  expect(made).toMatchObject({
    name: "prototypes",
    args: [normalise?.made, "hashtags/labels.safetensors", 3, {
      ...config,
      folder: stage.path(""),
    }],
  });
  expect([...files].sort()).toEqual([
    ...["centroids.safetensors", "clusters.json", "labels.json", "labels.safetensors"],
  ]);
  expect(await stage.origin("labels.safetensors", "labels")).toBe(made?.made);
});

Deno.test("prototypes takes features as they are where they are not to be normalised", async () => {
  await using stage = await StageRun.open();
  await stage.run(prototypes, { ...config, normalise: false }, await inputs(stage));
  expect(stage.engine.calls.map(({ name, args }) => [name, args[0]])).toEqual([
    ["prototypes", "features/features.safetensors"],
  ]);
});

Deno.test("a cluster for each label that has rows, each row in the nearest, by hand", async () => {
  await using stage = await StageRun.open();
  const engine = await startEngine();
  // means: label 0 at 2, label 2 at 9; the 6 of label 0 is nearer to 9, the 5 of label 2 to 2
  const numbers = Float32Array.of(-1, 5, 1, 10, 6, 12);
  const features = await stage.features("real", numbers, [6, 1], engine);
  const { labels } = await inputs(stage);
  await engine.tensors.save(labels.file("labels.safetensors"), {
    labels: { data: BigInt64Array.from([0n, 2n, 0n, 2n, 0n, 2n]), shape: [6] },
  });
  const real = { ...config, normalise: false, device: "cpu" };
  await stage.run(prototypes, real, { features, labels }, { engine });
  expect(await stage.json("clusters.json")).toEqual({
    ...{ k: 2, points: 6, iterations: 0, objective: 38, sizes: [3, 3], empty: 0, distinct: 6 },
  });
  expect(await stage.json("labels.json")).toMatchObject({ rows: 6, classes: 2, names: null });
  using found = await engine.tensors.load(stage.path("labels.safetensors"));
  expect([...engine.tensors.toArray(found.get("labels"))]).toEqual([0, 0, 0, 1, 1, 1]);
});
