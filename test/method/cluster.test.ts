import { join } from "node:path";
import { expect } from "expect";
import { cluster, clustersSchema } from "../../src/method/stages/cluster.ts";
import { startEngine } from "../../src/engine/mod.ts";

Deno.test("the cluster stage ends early on equal features and tells of the empty clusters", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const engine = await startEngine();
    const path = join(dir, "features.safetensors");
    await engine.tensors.save(path, {
      features: { data: new Float32Array(1000 * 4).fill(0.1), shape: [1000, 4] },
    });
    const files = await cluster.run({
      config: {
        ...{ k: 500, iterations: 20, seed: 1, engine: "faiss", normalise: true },
        ...{ device: "cpu", threads: 1, versions: {} },
      },
      inputs: { features: { kind: "features", hash: "", file: () => path } },
      ...{ dir, key: "", services: { engine }, signal: new AbortController().signal },
      ...{ progress() {}, damaged() {} },
    });
    expect(files).toEqual(["clusters.safetensors", "clusters.json"]);
    const card = clustersSchema.parse(
      JSON.parse(await Deno.readTextFile(join(dir, "clusters.json"))),
    );
    expect(card).toMatchObject({
      ...{ k: 500, points: 1000, iterations: 1, objective: 0, empty: 499, distinct: 1 },
    });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
