import { expect } from "expect";
import { readLabels } from "../../src/data/labels.ts";
import { readClusters, writeClusters } from "../../src/method/clusters.ts";
import { StageRun } from "./stages/stage_run.ts";

const clusters = {
  ...{ k: 3, points: 5, iterations: 2, objective: 1.5, sizes: [4, 1, 0], empty: 1, distinct: 2 },
};

Deno.test("a clustering is labels of as many classes as clusters, empty ones too, and comes back", async () => {
  await using stage = await StageRun.open();
  const artifact = await stage.artifact("labels", "clusters", (dir) =>
    writeClusters(
      stage.engine,
      dir,
      {
        labels: { data: BigInt64Array.from([0n, 0n, 1n, 0n, 0n]), shape: [5] },
        centroids: { data: Float32Array.from([1, 2, 3, 4, 5, 6]), shape: [3, 2] },
      },
      clusters,
    ));
  expect(await readClusters(artifact)).toEqual(clusters);
  expect(await readLabels(artifact)).toEqual({
    ...{ title: "Clusters", kind: "single", rows: 5, classes: 3, names: null },
  });
  const read = async (file: string, name: string) => {
    using tensors = await stage.engine.tensors.load(artifact.file(file));
    return [...stage.engine.tensors.toArray(tensors.get(name))];
  };
  expect(await read("labels.safetensors", "labels")).toEqual([0, 0, 1, 0, 0]);
  expect(await read("centroids.safetensors", "centroids")).toEqual([1, 2, 3, 4, 5, 6]);
});
