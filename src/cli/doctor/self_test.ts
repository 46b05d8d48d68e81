/** A trial of each part, as small as it can be. */
import { join } from "node:path";
import type { PyObject } from "clusterfit/python";
import type { Engine, Tensor } from "../../engine/mod.ts";
import { type Check, ok } from "./check.ts";

/** A part that needs the engine and a folder for its files. Throws where it does not do what it should. */
function part(
  name: string,
  does: string,
  run: (engine: Engine, dir: string) => Promise<void>,
): Check {
  return {
    name,
    async run(patient) {
      const engine = await patient.engine();
      const dir = await Deno.makeTempDir({ prefix: "clusterfit-doctor-" });
      try {
        await run(engine, dir);
        return [ok(does)];
      } finally {
        await Deno.remove(dir, { recursive: true });
      }
    },
  };
}

function expectThat(holds: boolean, found: string): void {
  if (!holds) throw new Error(`wrong result: ${found}`);
}

/** Rows of float32 about two points, the even ones and the odd ones, as a tensor of Python. */
async function twoClouds(engine: Engine, dir: string, rows: number): Promise<Tensor> {
  const data = Float32Array.from(
    { length: 4 * rows },
    (_, at) => 10 * (Math.floor(at / 4) % 2) + Math.sin(at),
  );
  const path = join(dir, "clouds.safetensors");
  await engine.tensors.save(path, { clouds: { data, shape: [rows, 4] } });
  return (await engine.tensors.load(path)).get("clouds");
}

const cpu = { device: "cpu", threads: 1 } as const;
const view = { size: null, clips: 1, frames: null };
const job = {};

export const selfTest: readonly Check[] = [
  part("bridge", "a call, and a job while timers go on", async () => {
    const { python } = await import("clusterfit/python");
    using math = python.import("math");
    const root = math.method("sqrt", 2);
    expectThat(root === Math.SQRT2, `sqrt(2) = ${root}`);
    using time = python.import("time");
    using sleep = time.attr("sleep") as unknown as PyObject;
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await python.job(sleep, [0.1]);
    clearInterval(timer);
    expectThat(ticks > 1, `${ticks} ticks of a timer during a job of 0.1 s`);
  }),
  part("tensors", "saved and loaded, the same bytes", async (engine, dir) => {
    using clouds = await twoClouds(engine, dir, 3);
    const path = join(dir, "again.safetensors");
    await engine.tensors.save(path, { clouds });
    using again = (await engine.tensors.load(path)).get("clouds");
    const [a, b] = [clouds, again].map((tensor) => engine.tensors.toArray(tensor).join());
    expectThat(a === b, `${b}`);
  }),
  part("training", "16 steps of a small network, a checkpoint", async (engine, dir) => {
    const path = join(dir, "images.safetensors");
    const data = Uint8Array.from({ length: 64 * 8 * 8 * 3 }, (_, at) => (at * 37) % 256);
    await engine.tensors.save(path, { images: { data, shape: [64, 8, 8, 3] } });
    using images = await engine.tensors.load(path);
    using source = engine.data.packed(images.get("images"));
    using objective = await engine.objectives.make("rotation", {
      ...{ labels: [], networks: [], options: {} },
    });
    using network = await engine.models.build({
      ...{ arch: "resnet10-small", width: 8, heads: { rotation: 4 }, seed: 1 },
    });
    using trainer = await engine.training.trainer(network, source, objective, {
      ...{ ...cpu, precision: "float32", view, batchSize: 16, momentum: 0.9, nesterov: true },
      ...{ weightDecay: 0, labelSmoothing: 0, augment: {}, seed: 1 },
    });
    const { loss } = await trainer.run(Array.from({ length: 16 }, () => 0.01), job);
    expectThat(Number.isFinite(loss) && trainer.step === 16, `loss ${loss} at ${trainer.step}`);
    await trainer.save(join(dir, "checkpoint.safetensors"));
    await trainer.load(join(dir, "checkpoint.safetensors"));
  }),
  part("k-means", "FAISS and PyTorch find the same clusters", async (engine, dir) => {
    using clouds = await twoClouds(engine, dir, 200);
    const labels = [];
    for (const by of ["faiss", "torch"] as const) {
      const options = { k: 2, iterations: 5, seed: 1, engine: by, ...cpu };
      using clustering = await engine.kmeans.fit(clouds, options, job);
      labels.push(engine.tensors.toArray(clustering.labels).join());
    }
    expectThat(labels[0] === labels[1], "other clusters from each of them");
    expectThat(/^(0,1|1,0)/.test(labels[0] ?? ""), `${labels[0]?.slice(0, 20)} of two clouds`);
  }),
  part("probe", "two clouds are told apart", async (engine, dir) => {
    using features = await twoClouds(engine, dir, 40);
    const path = join(dir, "labels.safetensors");
    const data = BigInt64Array.from({ length: 40 }, (_, row) => BigInt(row % 2));
    await engine.tensors.save(path, { labels: { data, shape: [40] } });
    using file = await engine.tensors.load(path);
    const rows = { features, labels: file.get("labels") };
    const options = { costs: [1], classes: 2, ...cpu };
    const [fit] = await engine.probes.sweep("logistic", "top-1", rows, [rows], options, job);
    expectThat(fit?.values[0] === 100, `${fit?.values[0]}% right`);
  }),
  part("pictures", "sharp draws one, Pillow decodes it", async (engine, dir) => {
    const { default: sharp } = await import("sharp");
    const svg =
      '<svg viewBox="0 0 8 8" width="8" height="8"><path d="M0 0h8v8z" fill="red"/></svg>';
    const file = join(dir, "red.png");
    await Deno.writeFile(file, await sharp(new TextEncoder().encode(svg)).png().toBuffer());
    const piece = { file, range: null, seconds: null };
    const options = { side: 8, interpolation: "bilinear", pixels: null } as const;
    const { pictures: [found] } = await engine.data.index([piece], options);
    const said = JSON.stringify(found);
    expectThat(found !== undefined && "width" in found && found.width === 8, said);
  }),
  part("tables", "written and read as Parquet", async (_, dir) => {
    const { readTable } = await import("../../tables/read.ts");
    const { writeTable } = await import("../../tables/write.ts");
    const path = join(dir, "table.parquet");
    await writeTable(path, { name: ["a", "b"], cluster: Int32Array.of(1, 2) });
    const { columns } = await readTable(path);
    const said = `${columns.get("name")} ${columns.get("cluster")}`;
    expectThat(said === "a,b 1,2", said);
  }),
];
