import { expect } from "expect";
import type { ClusterConfig } from "../../../src/method/stages/cluster.ts";
import { clusterPerLabel } from "../../../src/method/stages/cluster_per_label.ts";
import { seedFor } from "../../../src/method/seed.ts";
import { StageRun } from "./stage_run.ts";

const config: ClusterConfig = {
  ...{ k: 5, iterations: 9, seed: 11, engine: "torch", normalise: true },
  ...{ device: "some device", threads: 2, versions: {} },
};

/** Row -> label: 4 rows of label 0, none of label 1, 9 of label 2. */
const labels = [0, 2, 2, 0, 2, 2, 2, 0, 2, 2, 2, 0, 2];
const rowsOf = (label: number) => labels.flatMap((one, row) => one === label ? [row] : []);

const inputs = async (stage: StageRun) => ({
  features: await stage.features("features", new Float32Array(26), [13, 2]),
  labels: await stage.labels("hashtags", { names: ["a", "b", "c"], labels }),
});

Deno.test("cluster_per_label clusters the rows of each label, with its share of K and its own seed", async () => {
  await using stage = await StageRun.open();
  const { progress } = await stage.run(clusterPerLabel, config, await inputs(stage));
  const [normalise] = stage.engine.of("normalise");
  expect(normalise?.args).toEqual(["features/features.safetensors"]);
  // sqrt(4) : sqrt(9) = 2 : 3
  expect(stage.engine.of("kmeans").map(({ args }) => args)).toEqual(
    [[0, 2], [2, 3]].map(([label, k]) => [
      `${normalise?.made}[${rowsOf(label!).join(",")}]`,
      { ...config, k, seed: seedFor(11, `label ${label}`), folder: stage.path("") },
    ]),
  );
  expect(progress).toEqual([1, 3].map((done) => ({ done, total: 3, unit: "labels" })));
});

Deno.test("cluster_per_label takes features as they are where they are not to be normalised", async () => {
  await using stage = await StageRun.open();
  await stage.run(clusterPerLabel, { ...config, normalise: false }, await inputs(stage));
  expect(stage.engine.of("normalise")).toEqual([]);
  expect(stage.engine.of("kmeans")[0]?.args[0]).toBe("features/features.safetensors[0,3,7,11]");
});

Deno.test("cluster_per_label gives each row a cluster of its label; ids are unique over all labels", async () => {
  await using stage = await StageRun.open();
  const { files } = await stage.run(clusterPerLabel, config, await inputs(stage));
  expect([...files].sort()).toEqual([
    ...["centroids.safetensors", "clusters.json", "labels.json", "labels.safetensors"],
  ]);
  const ids = await stage.values("labels.safetensors", "labels");
  // the engine deals rows out one by one: of label 0 to clusters 0 and 1, of label 2 to 2, 3 and 4
  expect(rowsOf(0).map((row) => ids[row])).toEqual([0, 1, 0, 1]);
  expect(rowsOf(2).map((row) => ids[row])).toEqual([2, 3, 4, 2, 3, 4, 2, 3, 4]);
  expect(await stage.json("clusters.json")).toEqual({
    ...{ k: 5, points: 13, sizes: [2, 2, 3, 3, 3], iterations: 2, objective: 2 },
    ...{ empty: 0, distinct: 13 },
  });
  expect(await stage.json("labels.json")).toMatchObject({ rows: 13, classes: 5, names: null });
});

Deno.test("cluster_per_label refuses rows of several labels", async () => {
  await using stage = await StageRun.open();
  const given = await inputs(stage);
  const several = await stage.tags("Tags", { names: ["a", "b"], labels: [[0, 1], []] });
  await expect(stage.run(clusterPerLabel, config, { ...given, labels: several })).rejects.toThrow(
    'Cannot cluster per label: it needs one label a row, found several in "Tags".',
  );
});

Deno.test("cluster_per_label keeps the centroids of each label in the order of the ids", async () => {
  await using stage = await StageRun.open();
  await stage.run(clusterPerLabel, config, await inputs(stage));
  // all numbers of a clustering's centroids are its place among the calls
  const [first, second] = stage.engine.of("kmeans").map(({ made }) =>
    1 + Number(made.split("#")[1])
  );
  expect(await stage.values("centroids.safetensors", "centroids")).toEqual([
    ...Array.from({ length: 2 * 2 }, () => first),
    ...Array.from({ length: 3 * 2 }, () => second),
  ]);
});
