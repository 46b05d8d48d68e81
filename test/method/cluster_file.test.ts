import { expect } from "expect";
import { join } from "node:path";
import { startEngine } from "../../src/engine/mod.ts";
import { clusterFile } from "../../src/method/cluster_file.ts";
import { writeMatrix } from "../../src/data/matrices/row_labels.ts";
import { cluster, type ClusterConfig } from "../../src/method/stages/cluster.ts";
import { seedFor } from "../../src/method/seed.ts";
import { StageRun } from "./stages/stage_run.ts";

const [rows, columns] = [600, 8];

Deno.test("a file's clusters are those of a run with the same features, settings and seed", async () => {
  await using stage = await StageRun.open();
  const engine = await startEngine();
  const features = await stage.artifact("features", "features", async (dir) => {
    const data = Float32Array.from({ length: rows * columns }, (_, at) => Math.sin(at * at) + 0.1);
    await engine.tensors.save(join(dir, "features.safetensors"), {
      features: { data, shape: [rows, columns] },
    });
    return ["features.safetensors"];
  });
  for (const normalise of [true, false]) {
    const config: ClusterConfig = {
      ...{ k: 20, iterations: 7, normalise, engine: "faiss", device: "cpu", threads: 1 },
      ...{ versions: {}, seed: seedFor(5, "k-means") },
    };
    await cluster.run({
      ...{ config, inputs: { features }, key: "", dir: stage.path(""), services: { engine } },
      ...{ signal: new AbortController().signal, progress() {}, damaged() {} },
    });
    using file = await engine.tensors.load(stage.path("labels.safetensors"));
    const expected = [...engine.tensors.toArray(file.get("labels"))];
    using raw = await engine.tensors.load(features.file("features.safetensors"));
    await writeMatrix(engine, stage.path("x.npy"), "", raw.get("features"));
    for (const path of [stage.path("x.npy"), features.file("features.safetensors")]) {
      using found = await clusterFile(engine, path, { ...config, engine: "torch", seed: 5 });
      expect([...engine.tensors.toArray(found.labels)]).toEqual(expected);
    }
    using other = await clusterFile(engine, stage.path("x.npy"), { ...config, seed: 6 });
    expect([...engine.tensors.toArray(other.labels)]).not.toEqual(expected);
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
      ...{ k: 4, iterations: 1, seed: 0, normalise: true, engine: "torch" },
      ...{ device: "cpu", threads: 1 },
    }),
  ).rejects.toThrow("Cannot cluster 3 rows: it needs 1 to 3 clusters, found 4.");
});
