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
const view = { size: null, clips: 1, frames: null };
const settings: TrainerOptions = {
  ...placement,
  view,
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

async function makeTrainer(options: Partial<TrainerOptions> & { objective?: string } = {}) {
  const { objective: name = "labels", ...changed } = options;
  using file = await engine.tensors.load(path("images"));
  const network = await engine.models.build({ ...small, heads: { classes: 4 }, seed: 7 });
  using source = engine.data.packed(file.get("images"));
  const labels = name === "labels" ? [file.get("labels")] : [];
  using objective = await engine.objectives.make(name, { labels, networks: [], options: {} });
  return await engine.training.trainer(network, source, objective, { ...settings, ...changed });
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
    "timm",
    "transformers",
    "pillow",
    "av",
    "scikit-learn",
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
  expect(() => file.get("pixels")).toThrow(
    'Cannot read the tensor "pixels": it needs one of images, labels.',
  );
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
  expect(summary.images).toBe(16); // of the third epoch: the first step of its three
  expect(summary.loss).toBeGreaterThan(0);
  expect(Object.keys(summary.metrics)).toEqual(["accuracy"]);
  expect(summary.metrics["accuracy"]).toBeGreaterThan(0);
  expect(summary.metrics["accuracy"]).toBeLessThanOrEqual(1);
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
  using trainer = await makeTrainer({ objective: "rotation" });
  await trainer.run([0.1, 0.1, 0.1], {});
  await trainer.saveNetwork(path("network"));
  using network = await engine.models.load(path("network"), small);
  using file = await engine.tensors.load(path("images"));
  using source = engine.data.packed(file.get("images"));
  expect(source.rows).toBe(count);
  const outputs = { res5: { layer: "res5", budget: null }, grid: { layer: "res3", budget: 128 } };
  const seen: number[][] = [];
  using features = await engine.features.extract(
    network,
    source,
    outputs,
    { ...placement, view, rows: null, batchSize: 20 },
    { onProgress: (done, total) => seen.push([done, total]) },
  );
  expect(seen.at(-1)).toEqual([count, count]);
  expect(features.get("res5").shape).toEqual([count, 64]);
  expect(features.get("grid").shape).toEqual([count, 16 * 2 * 2]);
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
  const { centroids } = clustering;
  const how = { engine: "torch", device: "cpu", threads: 1 } as const;
  using again = await engine.kmeans.assign(rows, centroids, how);
  expect(engine.tensors.toArray(again)).toEqual(labels);

  const part = { features: features.get("res5"), labels: file.get("labels") };
  const options = { costs: [1e-9, 1], classes: 4, device: "cpu", threads: 1 };
  const [weak, strong] = await engine.probes.sweep(
    "logistic",
    "top-1",
    part,
    [part, part],
    options,
    {},
  );
  expect(strong?.values[0]).toBe(strong?.values[1]);
  expect(strong?.values[0]).toBeGreaterThan(50);
  expect(weak?.values[0]).toBeLessThan(strong?.values[0] ?? 0);
  expect(strong).toMatchObject({ converged: true, evaluations: expect.any(Number) });

  const sgd = { epochs: 3, batchSize: 16, momentum: 0.9, weightDecay: 5e-4, drops: 2, seed: 1 };
  const cpu = { classes: 4, device: "cpu", threads: 1 };
  const learningRates = [1e-9, 0.3, 1e38];
  const [slow, fast, diverged] = await engine.probes.sgd(
    "top-1",
    part,
    [part, part],
    { ...sgd, ...cpu, learningRates },
    {},
  );
  expect(fast?.values?.[0]).toBe(fast?.values?.[1]);
  expect(fast?.values?.[0]).toBeGreaterThan(slow?.values?.[0] ?? 100);
  expect(fast?.steps).toBe(3 * Math.ceil(count / 16));
  expect(diverged?.values).toBeNull();

  const machines = { classes: 4, threads: 1, costs: [1e-3, 1], folds: 3 };
  const svms = await engine.probes.svm("top-1", [part, part], [part], machines, {});
  expect(svms.values[0]).toBeGreaterThan(50);
  expect(svms.costs).toHaveLength(4);
  expect(svms.converged).toBe(true);
});

Deno.test("features of some rows are theirs, in the order of the rows", async () => {
  using file = await engine.tensors.load(path("images"));
  using source = engine.data.packed(file.get("images"));
  using network = await engine.models.build({ ...small, heads: { classes: 4 }, seed: 7 });
  const outputs = { mean: { layer: "res4", budget: null } };
  const extract = (rows: readonly number[] | null) =>
    engine.features.extract(
      network,
      source,
      outputs,
      { ...placement, view, rows, batchSize: count },
      {},
    );
  using all = await extract(null);
  using some = await extract([5, 40, 5]);
  const every = engine.tensors.toArray(all.get("mean"));
  const row = (at: number) => Array.from(every.subarray(32 * at, 32 * at + 32));
  const found = Array.from(engine.tensors.toArray(some.get("mean")));
  const expected = [5, 40, 5].flatMap(row);
  expect(found.length).toBe(expected.length);
  found.forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 4));
});

Deno.test("a network of two heads trains on two kinds of labels, then teaches another one", async () => {
  using file = await engine.tensors.load(path("images"));
  using source = engine.data.packed(file.get("images"));
  const labels = file.get("labels");
  const heads = { first: 4, second: 4 };
  using teacher = await engine.models.build({ ...small, heads, seed: 7 });
  const given = { labels: [labels, labels], networks: [], options: {} };
  using both = await engine.objectives.make("labels", given);
  expect(both.metrics).toEqual(["accuracy"]);
  using trainer = await engine.training.trainer(teacher, source, both, settings);
  await trainer.run([0.1], {});

  using student = await engine.models.build({ ...small, heads: { only: 4 }, seed: 8 });
  const networks = [{ network: teacher, view: { ...view, size: 32 } }];
  using distillation = await engine.objectives.make("distillation", {
    ...{ labels: [labels], networks },
    options: { temperature: 20, alpha: 0.75 },
  });
  using distilled = await engine.training.trainer(student, source, distillation, settings);
  expect(Object.keys((await distilled.run([0.1, 0.1], {})).metrics)).toEqual(["accuracy"]);

  using regression = await engine.objectives.make("regression", {
    ...{ labels: [], networks },
    options: { layer: "res5" },
  });
  expect(regression.metrics).toEqual(["cosine"]);
  using regressed = await engine.training.trainer(student, source, regression, settings);
  const { metrics } = await regressed.run([0.1, 0.1], {});
  expect(metrics["cosine"]).toBeGreaterThan(0);
});

Deno.test("the constant answer of a metric is its percentage", async () => {
  using file = await engine.tensors.load(path("images"));
  const labels = file.get("labels");
  expect(await engine.metrics.baseline("top-1", labels, labels, 4)).toBe(25);
  expect(await engine.metrics.baseline("mAP", labels, labels, 4)).toBeCloseTo(25);
});

Deno.test("what Python refuses is an EngineError without a Python traceback in its message", async () => {
  using trainer = await makeTrainer();
  const error = await trainer.run([Infinity], {}).catch((error) => error);
  expect(error).toBeInstanceOf(EngineError);
  expect(error.kind).toBe("NonFiniteLoss");
  expect(error.message).toMatch(
    /^Cannot go on training: it needs finite weights, .* step 1 \(learning rate inf\)/,
  );

  const heads = { classes: 4 };
  const unknown = engine.models.build({ arch: "resnet19", heads, width: 8, seed: 0 });
  await expect(unknown).rejects.toThrow("Cannot use the architecture 'resnet19'");

  const snippet = () => engine.models.snippet({ arch: "resnet18", heads, width: 8, path: "n" });
  expect(snippet).toThrow(EngineError);
  expect(snippet).toThrow("Cannot build resnet18 of width 8: it needs width 64");

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

Deno.test("what another engine made is refused", async () => {
  const dispose = { [Symbol.dispose]() {} };
  const tensor = { shape: [1], dtype: "float32", ...dispose };
  const source = { rows: 1, ...dispose };
  const objective = { metrics: [], ...dispose };
  using file = await engine.tensors.load(path("images"));
  using ours = engine.data.packed(file.get("images"));
  using network = await engine.models.build({ ...small, heads: { classes: 4 }, seed: 7 });
  const train = (...given: [Disposable, typeof source, typeof objective]) =>
    engine.training.trainer(...given, settings);
  const refused = (kind: string) => `Cannot use this ${kind}: it needs one that this engine made`;
  expect(() => engine.tensors.toArray(tensor)).toThrow(refused("tensor"));
  await expect(train(dispose, ours, objective)).rejects.toThrow(refused("network"));
  await expect(train(network, source, objective)).rejects.toThrow(refused("source"));
  await expect(train(network, ours, objective)).rejects.toThrow(refused("objective"));
});
