import { expect } from "expect";
import type { Engine } from "../../src/engine/engine.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { clusterFile, type FileClusters } from "../../src/method/cluster_file.ts";
import { writeLabels } from "../../src/data/labels.ts";
import { writeMatrix } from "../../src/data/matrices/row_labels.ts";
import { clusterPerLabel } from "../../src/method/stages/cluster_per_label.ts";
import { cluster, type ClusterConfig } from "../../src/method/stages/cluster.ts";
import { prototypes } from "../../src/method/stages/prototypes.ts";
import { seedFor } from "../../src/method/seed.ts";
import { StageRun } from "./stages/stage_run.ts";

const [rows, columns] = [600, 8];
const numbers = Float32Array.from({ length: rows * columns }, (_, at) => Math.sin(at * at) + 0.1);

function idsOf({ tensors }: Pick<Engine, "tensors">, { labels }: FileClusters): number[] {
  return "data" in labels ? Array.from(labels.data, Number) : [...tensors.toArray(labels)];
}

Deno.test("a file's clusters are those of a run with the same features, settings and seed", async () => {
  await using stage = await StageRun.open();
  const engine = await startEngine();
  const features = await stage.features("features", numbers, [rows, columns], engine);
  for (const normalise of [true, false]) {
    const config: ClusterConfig = {
      ...{ k: 20, iterations: 7, normalise, engine: "faiss", device: "cpu", threads: 1 },
      ...{ versions: {}, seed: seedFor(5, "k-means") },
    };
    await stage.run(cluster, config, { features }, { engine });
    using file = await engine.tensors.load(stage.path("labels.safetensors"));
    const expected = [...engine.tensors.toArray(file.get("labels"))];
    using raw = await engine.tensors.load(features.file("features.safetensors"));
    await writeMatrix(engine, stage.path("x.npy"), "", raw.get("features"));
    for (const path of [stage.path("x.npy"), features.file("features.safetensors")]) {
      using found = await clusterFile(engine, path, {
        ...{ ...config, engine: "torch", seed: 5, kind: "k-means" },
      });
      expect(idsOf(engine, found)).toEqual(expected);
    }
    using other = await clusterFile(engine, stage.path("x.npy"), {
      ...{ ...config, seed: 6, kind: "k-means" },
    });
    expect(idsOf(engine, other)).not.toEqual(expected);
  }
});

Deno.test("a file's clusters within labels are those of a run, and so are its prototypes", async () => {
  await using stage = await StageRun.open();
  const engine = await startEngine();
  const features = await stage.features("features", numbers, [rows, columns], engine);
  const of = Array.from({ length: rows }, (_, row) => [0, 2, 2, 3][row % 4]!); // none of 1
  const labels = await stage.artifact(
    "labels",
    "hashtags",
    (dir) =>
      writeLabels(dir, { engine }, { title: "", kind: "single", names: [..."abcd"], labels: of }),
  );
  const how = { engine: "faiss", device: "cpu", threads: 1, normalise: true } as const;
  const seed = seedFor(5, "k-means");
  const rowLabels = { labels: of, classes: 4 };
  for (const form of ["per label", "prototypes"] as const) {
    const config = { ...how, k: 20, iterations: 7, seed, versions: {} };
    const inputs = { features, labels };
    if (form === "per label") await stage.run(clusterPerLabel, config, inputs, { engine });
    else await stage.run(prototypes, config, inputs, { engine });
    using file = await engine.tensors.load(stage.path("labels.safetensors"));
    using found = await clusterFile(engine, features.file("features.safetensors"), {
      ...{ ...how, k: 20, iterations: 7, seed: 5, kind: form, rowLabels },
    });
    expect([form, idsOf(engine, found)])
      .toEqual([form, [...engine.tensors.toArray(file.get("labels"))]]);
    expect(found.sizes.length).toBe(form === "per label" ? 20 : 3);
    expect(found.centroids.shape).toEqual([found.sizes.length, columns]);
  }
});

Deno.test("more clusters than rows are refused before anything is read", async () => {
  await using stage = await StageRun.open();
  const engine = await startEngine();
  await engine.tensors.save(stage.path("x.safetensors"), {
    x: { data: new Float32Array(6), shape: [3, 2] },
  });
  await expect(
    clusterFile(engine, stage.path("x.safetensors"), {
      kind: "k-means",
      ...{ k: 4, iterations: 1, seed: 0, normalise: true, engine: "torch" },
      ...{ device: "cpu", threads: 1 },
    }),
  ).rejects.toThrow("Cannot cluster 3 rows: it needs 1 to 3 clusters, found 4.");
});
