import { expect } from "expect";
import { join } from "node:path";
import { startEngine } from "../../../src/engine/mod.ts";
import { prototypes, type PrototypesConfig } from "../../../src/method/stages/prototypes.ts";
import { StageRun } from "./stage_run.ts";

const config: PrototypesConfig = {
  ...{ engine: "torch", normalise: true, device: "some device", threads: 2, versions: {} },
};

/** Five rows of two features, of three labels, of which one has no row. */
const inputs = async (stage: StageRun) => ({
  features: await stage.artifact("features", "features", async (dir) => {
    await stage.engine.tensors.save(join(dir, "features.safetensors"), {
      features: { data: new Float32Array(10), shape: [5, 2] },
    });
    return ["features.safetensors"];
  }),
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
  const save = (name: string, tensors: Parameters<typeof engine.tensors.save>[1]) =>
    engine.tensors.save(name, tensors);
  const features = await stage.artifact("features", "real", async (dir) => {
    // means: label 0 at 2, label 2 at 9; the 6 of label 0 is nearer to 9, the 5 of label 2 to 2
    await save(join(dir, "features.safetensors"), {
      features: { data: Float32Array.from([-1, 5, 1, 10, 6, 12]), shape: [6, 1] },
    });
    return ["features.safetensors"];
  });
  const { labels } = await inputs(stage);
  await save(labels.file("labels.safetensors"), {
    labels: { data: BigInt64Array.from([0n, 2n, 0n, 2n, 0n, 2n]), shape: [6] },
  });
  await prototypes.run({
    config: { ...config, normalise: false, device: "cpu" },
    ...{ inputs: { features, labels }, key: "", dir: stage.path(""), services: { engine } },
    ...{ signal: new AbortController().signal, progress() {}, damaged() {} },
  });
  expect(await stage.json("clusters.json")).toEqual({
    ...{ k: 2, points: 6, iterations: 0, objective: 38, sizes: [3, 3], empty: 0, distinct: 6 },
  });
  expect(await stage.json("labels.json")).toMatchObject({ rows: 6, classes: 2, names: null });
  using found = await engine.tensors.load(stage.path("labels.safetensors"));
  expect([...engine.tensors.toArray(found.get("labels"))]).toEqual([0, 0, 0, 1, 1, 1]);
});
