/** The engine end to end, in one process: what stages do with it. Numbers are tested in test/py. */
import { expect } from "expect";
import { join } from "node:path";
import {
  type Engine,
  EngineError,
  startEngine,
  type TrainerOptions,
} from "../../src/engine/mod.ts";
import { turn, until } from "../until.ts";

const count = 48;
const side = 16;
const placement = { device: "cpu", precision: "float32", threads: 1 } as const;
const small = { arch: "resnet10-small", width: 8 };
const settings: TrainerOptions = {
  ...placement,
  task: "classify",
  batchSize: 16,
  momentum: 0.9,
  nesterov: true,
  weightDecay: 5e-4,
  labelSmoothing: 0,
  augment: { shift: 2, flip: true },
  seed: 3,
};

const pixels = Uint8Array.from(
  { length: count * side * side * 3 },
  (_, at) => (at * 2654435761) >>> 24,
);
const classes = Array.from({ length: count }, (_, at) => at % 4);

let engine: Engine;
let folder: string;

Deno.test.beforeAll(async () => {
  folder = await Deno.makeTempDir();
  engine = await startEngine();
  await engine.tensors.save(path("images"), {
    images: { data: pixels, shape: [count, side, side, 3] },
    labels: { data: BigInt64Array.from(classes, BigInt), shape: [count] },
  });
});

Deno.test.afterAll(() => Deno.remove(folder, { recursive: true }));

const path = (name: string) => join(folder, `${name}.safetensors`);

async function makeTrainer(options: Partial<TrainerOptions> = {}) {
  const file = await engine.tensors.load(path("images"));
  const network = await engine.nets.build({ ...small, classes: 4, seed: 7 });
  const labels = options.task === "rotate" ? null : file.get("labels");
  return await engine.training.trainer(network, file.get("images"), labels, {
    ...settings,
    ...options,
  });
}

Deno.test("the machine is described, with versions of every library", async () => {
  const found = await engine.devices.describe();
  expect(Object.keys(found.versions)).toEqual([
    "python",
    "torch",
    "torchvision",
    "faiss",
    "numpy",
    "safetensors",
  ]);
  expect(found.threads).toBeGreaterThan(0);
  expect(found).toHaveProperty("faissGpu");
});

Deno.test("typed arrays become tensors in a file and come back as they were", async () => {
  using file = await engine.tensors.load(path("images"));
  const images = file.get("images");
  const labels = file.get("labels");
  expect([images.shape, images.dtype]).toEqual([[count, side, side, 3], "uint8"]);
  expect([labels.shape, labels.dtype]).toEqual([[count], "int64"]);
  expect(engine.tensors.toArray(images)).toEqual(pixels);
  expect([...engine.tensors.toArray(labels)]).toEqual(classes);
  using taken = engine.tensors.take(labels, [5, 0, 5]);
  expect([...engine.tensors.toArray(taken)]).toEqual([1, 0, 1]);
});

Deno.test("a tensor that a file does not have is named, with those that it has", async () => {
  using file = await engine.tensors.load(path("images"));
  expect(file.has("pixels")).toBe(false);
  expect(() => file.get("pixels")).toThrow('no tensor "pixels" here; there are: images, labels');
});

Deno.test("training reports progress and goes on from a checkpoint to the same bytes", async () => {
  const rates = Array.from({ length: 7 }, (_, step) => 0.1 * 0.9 ** step);
  using whole = await makeTrainer();
  expect(whole.stepsPerEpoch).toBe(3);
  const seen: [number, number, number[]][] = [];
  const summary = await whole.run(rates, {
    onProgress: (done, total, metrics) => seen.push([done, total, Object.values(metrics)]),
  });
  expect(seen.at(-1)?.slice(0, 2)).toEqual([7, 7]);
  expect(summary.images).toBe(7 * 16);
  expect(summary.loss).toBeGreaterThan(0);
  await whole.save(path("whole"));

  using first = await makeTrainer();
  await first.run(rates.slice(0, 4), {});
  await first.save(path("first"));
  using second = await makeTrainer();
  await second.load(path("first"));
  expect(second.step).toBe(4);
  await second.run(rates.slice(4), {});
  await second.save(path("second"));
  expect(await Deno.readFile(path("second"))).toEqual(await Deno.readFile(path("whole")));
});

Deno.test("a trained network goes on to features, clusters and a probe", async () => {
  using trainer = await makeTrainer({ task: "rotate" });
  await trainer.run([0.1, 0.1, 0.1], {});
  await trainer.saveNetwork(path("network"));
  using network = await engine.nets.load(path("network"), small);
  using file = await engine.tensors.load(path("images"));
  using features = await engine.features.extract(
    network,
    file.get("images"),
    { res5: null, res3: 128 },
    { ...placement, batchSize: 20 },
    {},
  );
  expect(features.get("res5").shape).toEqual([count, 64]);
  expect(features.get("res3").shape).toEqual([count, 16 * 2 * 2]);
  using rows = await engine.features.l2Normalise(features.get("res5"));
  const norms = Array.from(
    { length: count },
    (_, n) => Math.hypot(...engine.tensors.toArray(rows).subarray(n * 64, n * 64 + 64)),
  );
  for (const norm of norms) expect(norm).toBeCloseTo(1, 3);

  using clustering = await engine.kmeans.fit(
    rows,
    { k: 5, iterations: 10, seed: 1, engine: "faiss", device: "cpu", threads: 1 },
    {},
  );
  expect(clustering.centroids.shape).toEqual([5, 64]);
  expect(clustering.sizes.reduce((a, b) => a + b)).toBe(count);
  expect(clustering.objective).toBeLessThanOrEqual(clustering.objectives[0]!);
  const labels = engine.tensors.toArray(clustering.labels);
  const counted = clustering.sizes.map((_, id) => labels.filter((label) => label === id).length);
  expect(counted).toEqual([...clustering.sizes]);
  expect([clustering.distinct, clustering.empty]).toEqual([count, 0]);

  const part = { features: features.get("res5"), labels: file.get("labels") };
  const options = { costs: [1e-9, 1], device: "cpu", threads: 1 };
  const [weak, strong] = await engine.probes.sweep(part, [part, part], options, {});
  expect(strong?.correct[0]).toBe(strong?.correct[1]);
  expect(strong?.correct[0]).toBeGreaterThan(count / 2);
  expect(weak?.correct[0]).toBeLessThan(strong?.correct[0] ?? 0);
  expect(strong).toMatchObject({ converged: true, evaluations: expect.any(Number) });
});

Deno.test("what Python refuses is an EngineError without a Python traceback in its message", async () => {
  using trainer = await makeTrainer();
  const error = await trainer.run([Infinity], {}).catch((error) => error);
  expect(error).toBeInstanceOf(EngineError);
  expect(error.kind).toBe("NonFiniteLoss");
  expect(error.message).toMatch(/^Training went astray at step 1 \(learning rate inf\)/);

  const unknown = engine.nets.build({ arch: "resnet19", classes: 4, width: 8, seed: 0 });
  await expect(unknown).rejects.toThrow("Unknown architecture 'resnet19'");

  const snippet = () => engine.nets.snippet({ arch: "resnet18", classes: 4, width: 8, path: "n" });
  expect(snippet).toThrow(EngineError);
  expect(snippet).toThrow("Cannot build resnet18 of width 8: its width is 64");

  await expect(engine.tensors.load(path("missing"))).rejects.toThrow("Cannot read tensors from");
});

Deno.test("a stopped job rejects with the reason of its signal and leaves no file behind", async () => {
  using trainer = await makeTrainer();
  const stop = new AbortController();
  const running = trainer.run(Array(100_000).fill(0.01), {
    signal: stop.signal,
    onProgress: () => stop.abort(new Error("enough")),
  });
  await expect(running).rejects.toThrow("enough");
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
  expect(names.filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

Deno.test("the event loop goes on while two trainers run at once", async () => {
  using first = await makeTrainer();
  using second = await makeTrainer({ seed: 4 });
  const stop = new AbortController();
  const steps = new Map<unknown, number>();
  const running = [first, second].map((trainer) =>
    trainer.run(Array(100_000).fill(0.01), {
      signal: stop.signal,
      onProgress: (step) => steps.set(trainer, step),
    })
  );
  await until(() => steps.size === 2);
  for (let turns = 0; turns < 20; turns++) {
    await turn();
    expect(first.step + second.step).toBeGreaterThan(0); // a call into Python, which takes the GIL
  }
  stop.abort(new Error("enough")); // nothing else ends them
  await Promise.all(running.map((run) => expect(run).rejects.toThrow("enough")));
});

Deno.test("a tensor of something else is refused", () => {
  const foreign = { shape: [1], dtype: "float32", [Symbol.dispose]() {} };
  expect(() => engine.tensors.toArray(foreign)).toThrow("belongs to another engine");
});
