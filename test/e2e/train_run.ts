/** Indexes a folder and trains a resnet18 on it, 100 steps of 16, in a process of its own, which a test may kill:
 *
 *     deno run -A test/e2e/train_run.ts <folder> <out> <size in pixels>
 *
 * A line `<node> <images done>` for each step of progress, and `done` once the network is in
 * `<out>/run/artifacts/network`. */
import { join } from "node:path";
import { indexNode } from "../../src/data/pictures/index_stage.ts";
import { openCollection } from "../../src/data/pictures/open.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { resolve } from "../../src/method/resolve.ts";
import { train } from "../../src/method/stages/train.ts";
import { settingsOf } from "../../src/method/training_settings.ts";
import { parseConfig } from "../../src/method/parse_config.ts";
import { own } from "../../src/experiments/own.ts";
import { node } from "../../src/pipeline/graph.ts";
import { runGraph } from "../../src/pipeline/runner.ts";

const [folder = "", out = "", size = ""] = Deno.args;
const { signal } = new AbortController();
const engine = await startEngine();
const collection = await openCollection(folder, { signal, engine: () => Promise.resolve(engine) });
const data = indexNode(collection, {
  decoding: { side: Math.round(Number(size) * 8 / 7), interpolation: "bilinear" },
  ...{ pack: true, maxBad: 0, versions: {} },
}, { id: "pictures", title: "Index" });
const config = parseConfig(own.schema, {
  ...{ epochs: 1, workers: 1, training: { batchSize: 16, recipe: "simclr", warmupSteps: 10 } },
});
const { device, precision, threads } = resolve(config, await engine.devices.describe());
const view = { size: Number(size), clips: 1, frames: null };
const network = node(train, {
  ...{ id: "network", title: "Train", inputs: { data } },
  config: {
    ...{ arch: "resnet18", width: 64, device, precision, threads, versions: {}, view },
    ...{ epochs: 1, seed: 3, objective: { name: "rotation", options: {} }, teacherViews: [] },
    training: settingsOf(config, view, 1000),
  },
});
const dir = join(out, "run");
await Deno.mkdir(dir, { recursive: true });
const { failures } = await runGraph({
  ...{ dir, out, nodes: [data, network], workers: 1, signal, origins: new Map() },
  origin: {
    run: "run",
    command: [],
    versions: {},
    hardware: {},
    began: "2026-01-01T00:00:00.000Z",
  },
  services: () => Promise.resolve({ engine }),
  onEvent(event) {
    if (event.type === "progress") console.log(`${event.node} ${event.done}`);
    if (event.type === "damaged") console.log(event.message);
  },
});
const [failure] = failures;
console.log(failure ? (failure.error as Error).message : "done");
