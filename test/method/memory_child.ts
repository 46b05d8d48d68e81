/** Extraction, k-means and a probe on as many rows as the argument says, in a process of their own: prints the most
 * private memory of each, in MB, as JSON. */
import { join } from "node:path";
import { startEngine } from "../../src/engine/mod.ts";
import { extractToFiles } from "../../src/method/extraction.ts";
import { fitClusters } from "../../src/method/fit_clusters.ts";
import type { EvaluationConfig } from "../../src/method/placement.ts";

const rows = Number(Deno.args[0]);
const side = 8;
const classes = 10;
const dir = await Deno.makeTempDir();

/** What the kernel cannot write back to a file: RssAnon, in MB. */
function privateMemory(): number {
  const status = Deno.readTextFileSync("/proc/self/status");
  return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** The most that is held while `work` goes on, which is on a Python thread. */
async function peak(work: () => Promise<void>): Promise<number> {
  let most = 0;
  const timer = setInterval(() => most = Math.max(most, privateMemory()), 2);
  await work();
  clearInterval(timer);
  return Math.round(Math.max(most, privateMemory()));
}

try {
  const engine = await startEngine();
  const path = (name: string) => join(dir, name);
  const signal = new AbortController().signal;
  const place = { device: "cpu", precision: "float32", threads: 2 } as const;
  {
    const pixels = new Uint8Array(rows * side * side * 3);
    for (let at = 0; at < pixels.length; at++) pixels[at] = Math.imul(at, 2654435761) >>> 24;
    const labels = BigInt64Array.from({ length: rows }, (_, row) => BigInt((row * 7) % classes));
    await engine.tensors.save(path("images"), {
      images: { data: pixels, shape: [rows, side, side, 3] },
      labels: { data: labels, shape: [rows] },
    });
  }
  using images = await engine.tensors.load(path("images"));
  const peaks = {
    extraction: await peak(async () => {
      const heads = { fc: 2 };
      using network = await engine.models.build({
        ...{ arch: "resnet10-small", width: 64, heads, seed: 1 },
      });
      using source = engine.data.packed(images.get("images"));
      const placement: EvaluationConfig = {
        ...{ ...place, versions: {}, batchSize: 128 },
        view: { size: null, clips: 1, frames: null },
      };
      const context = { dir, key: "", services: { engine }, signal, damaged() {} };
      const outputs = { features: { layer: "res5", budget: null } };
      await extractToFiles(context, "blocks", { network, source, outputs, rows: null, placement });
    }),
    clustering: await peak(async () => {
      using file = await engine.tensors.load(path("features.safetensors"));
      using _clusters = await fitClusters(engine, file.get("features"), {
        ...{ k: 100, iterations: 5, seed: 1, engine: "faiss", normalise: true, folder: dir },
        ...{ device: "cpu", threads: 2 },
      }, { signal });
    }),
    probe: await peak(async () => {
      using file = await engine.tensors.load(path("features.safetensors"));
      const train = { features: file.get("features"), labels: images.get("labels") };
      const some = Array.from({ length: 1000 }, (_, row) => row);
      using features = engine.tensors.take(train.features, some);
      using labels = engine.tensors.take(train.labels, some);
      const how = { costs: [0.01], classes, device: "cpu", threads: 2, folder: dir };
      await engine.probes.sweep("logistic", "top-1", train, [{ features, labels }], how, {
        signal,
      });
    }),
  };
  console.log(JSON.stringify(peaks));
} finally {
  await Deno.remove(dir, { recursive: true });
}
