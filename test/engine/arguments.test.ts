/** Which argument of the engine becomes which argument in Python. Python's functions are replaced by one that
 * writes down what it is given, so that two numbers that change places are seen. */
import { expect } from "expect";
import { join } from "node:path";
import { type PyObject, python } from "clusterfit/python";
import { startEngine } from "../../src/engine/mod.ts";

const engine = await startEngine();

const recorder = `
import importlib, json
import numpy as np
import torch
from clusterfit.models import Network

def told(value):
    if isinstance(value, torch.Tensor):
        return {"tensor": value.tolist()}
    if isinstance(value, np.ndarray):
        return {"array": value.tolist()}
    if isinstance(value, Network):
        return {"network": [head.out_features for head in value.all_heads]}
    if hasattr(value, "batch"):
        return {"source": value.rows}
    if hasattr(value, "metrics"):
        return {"objective": type(value).__name__}
    if isinstance(value, dict):
        return {key: told(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [told(each) for each in value]
    return value

class Recorded(Exception):
    pass

def replace(module, name):
    target = importlib.import_module(module)
    original = getattr(target, name)
    def record(*args, **kwargs):
        raise Recorded(json.dumps([told(args), told(kwargs)]))
    setattr(target, name, record)
    return lambda: setattr(target, name, original)
`;

const scope = python.builtins.method("dict") as PyObject;
python.builtins.method("exec", recorder, scope);

/** The arguments that `module.name` gets from `ask`: in order, then by name. */
async function given(path: string, ask: () => unknown): Promise<unknown> {
  const at = path.lastIndexOf(".");
  using replace = scope.item("replace") as PyObject;
  using restore = replace.call(`clusterfit.${path.slice(0, at)}`, path.slice(at + 1)) as PyObject;
  try {
    await ask();
  } catch (error) {
    const { type, pythonMessage } = error as { type?: string; pythonMessage?: string };
    if (!type?.endsWith("Recorded")) throw error;
    return JSON.parse(pythonMessage!);
  } finally {
    restore.call();
  }
  throw new Error(`${path} was not called`);
}

const folder = await Deno.makeTempDir();
const path = join(folder, "some.safetensors");
await engine.tensors.save(path, {
  images: { data: new Uint8Array(5 * 8 * 8 * 3), shape: [5, 8, 8, 3] },
  first: { data: Float32Array.of(1, 2), shape: [1, 2] },
  second: { data: Float32Array.of(3, 4), shape: [1, 2] },
  one: { data: BigInt64Array.of(11n), shape: [1] },
  two: { data: BigInt64Array.of(12n), shape: [1] },
});
const file = await engine.tensors.load(path);
await Deno.remove(folder, { recursive: true });
const [first, second] = [file.get("first"), file.get("second")];
const [one, two] = [file.get("one"), file.get("two")];
const source = engine.data.packed(file.get("images"));
const network = await engine.models.build({
  ...{ arch: "resnet10-small", width: 4 },
  ...{ heads: { a: 6, b: 7 }, seed: 0 },
});
const objective = await engine.objectives.make("rotation", {
  ...{ labels: [], networks: [], options: {} },
});
const view = { size: 21, clips: 22, frames: 23 };
const scratch = { folder: "a folder" };
const placement = { device: "cpu", precision: "bfloat16", threads: 24 } as const;

Deno.test("data", async () => {
  const made = await given("data.make", () => engine.data.packed(first));
  expect(made).toEqual([["packed"], { images: { tensor: [[1, 2]] } }]);
});

Deno.test("models", async () => {
  const heads = { b: 3, a: 2 };
  const build = { arch: "some", width: 31, heads, seed: 32 };
  expect(await given("models.build", () => engine.models.build(build)))
    .toEqual([["some", heads], { width: 31, seed: 32 }]);
  const load = { arch: "some", width: 31 };
  expect(await given("models.load", () => engine.models.load("there", load)))
    .toEqual([["some", "there"], { width: 31 }]);
  const snippet = { ...load, heads, path: "there" };
  expect(await given("models.snippet", () => engine.models.snippet(snippet)))
    .toEqual([["some", heads], { width: 31, path: "there" }]);
});

Deno.test("export", async () => {
  const options = { size: 31, threads: 32 };
  expect(await given("export.write_onnx", () => engine.export.onnx(network, "there", options)))
    .toEqual([[{ network: [6, 7] }, "there"], { size: 31, threads: 32 }]);
  expect(await given("export.write_program", () => engine.export.program(network, "at", options)))
    .toEqual([[{ network: [6, 7] }, "at"], { size: 31, threads: 32 }]);
  const weights = { arch: "some", ...options };
  expect(await given("export.write_weights", () => engine.export.weights(network, "at", weights)))
    .toEqual([[{ network: [6, 7] }, "at"], { arch: "some", size: 31, threads: 32 }]);
  const script = { arch: "some", width: 33, weights: "file" };
  expect(await given("export.script", () => engine.export.script(script)))
    .toEqual([["some"], { weights: "file", width: 33 }]);
});

Deno.test("memberships", async () => {
  const options = { normalise: true, threads: 34 };
  const rows = [{ tensor: [[1, 2]] }, { tensor: [[3, 4]] }, { tensor: [11] }];
  expect(
    await given(
      "memberships.distances",
      () => engine.memberships.distances(first, second, one, options, {}),
    ),
  ).toEqual([rows, options]);
  const distances = {
    own: Float64Array.of(5),
    others: Float64Array.of(6),
    second: Float64Array.of(7),
  };
  const [args, keywords] = await given(
    "memberships.close_pairs",
    () => engine.memberships.closePairs(first, two, distances, { within: 0.5, ...options }),
  ) as [unknown[], unknown];
  expect(args.slice(0, 2)).toEqual([{ tensor: [[1, 2]] }, { tensor: [12] }]);
  expect([args[2], keywords]).toEqual([{ array: [5] }, { within: 0.5, ...options }]);
});

Deno.test("the heads of a network keep their order", async () => {
  const build = { arch: "some", width: 4, heads: { b: 3, a: 2 }, seed: 0 };
  const [[, heads]] = await given(
    "models.build",
    () => engine.models.build(build),
  ) as [[string, Record<string, number>]];
  expect(Object.keys(heads)).toEqual(["b", "a"]);
});

Deno.test("objectives", async () => {
  using other = await engine.models.build({
    ...{ arch: "resnet10-small", width: 4, heads: { a: 8 }, seed: 0 },
  });
  const otherView = { size: 61, clips: 62, frames: null };
  const found = await given("objectives.make", () =>
    engine.objectives.make("some", {
      labels: [one, two],
      networks: [{ network, view }, { network: other, view: otherView }],
      options: { alpha: 0.5, layer: "res4", whole: true },
    }));
  expect(found).toEqual([[
    "some",
    [{ tensor: [11] }, { tensor: [12] }],
    [[{ network: [6, 7] }, [21, 22, 23, null]], [{ network: [8] }, [61, 62, null, null]]],
    { alpha: 0.5, layer: "res4", whole: true },
  ], {}]);
});

Deno.test("training", async () => {
  const found = await given(
    "training.Trainer",
    () =>
      engine.training.trainer(network, source, objective, {
        ...placement,
        view,
        batchSize: 41,
        momentum: 0.42,
        nesterov: true,
        weightDecay: 0.43,
        labelSmoothing: 0.44,
        augment: {
          crop: { scale: [0.08, 1], ratio: [0.75, 1.5], anywhere: true },
          shift: 45,
          flip: true,
          colourJitter: { probability: 1, brightness: 2, contrast: 3, saturation: 4, hue: 0.5 },
          grey: 0.6,
          blur: { probability: 0.7, sigma: [8, 9] },
        },
        seed: 46,
      }),
  );
  expect(found).toEqual([
    [{ network: [6, 7] }, { source: 5 }, { objective: "Rotation" }],
    {
      view: [21, 22, 23, null],
      batch_size: 41,
      momentum: 0.42,
      nesterov: true,
      weight_decay: 0.43,
      label_smoothing: 0.44,
      // in the order of the fields: crop, shift, flip, invert, colour, colour_jitter, grey, blur
      augmentation: [[[0.08, 1], [0.75, 1.5], true], 45, true, 0, 0, [1, 2, 3, 4, 0.5], 0.6, [0.7, [
        8,
        9,
      ]]],
      seed: 46,
      device: "cpu",
      precision: "bfloat16",
      threads: 24,
    },
  ]);
});

Deno.test("features", async () => {
  const outputs = { x: { layer: "res4", budget: 51 }, y: { layer: "res5", budget: null } };
  const options = { ...placement, view, rows: [54, 53], batchSize: 52 };
  expect(
    await given(
      "features.extract",
      () => engine.features.extract(network, source, outputs, options, {}),
    ),
  ).toEqual([
    [{ network: [6, 7] }, { source: 5 }, outputs],
    {
      view: [21, 22, 23, null],
      rows: { tensor: [54, 53] },
      batch_size: 52,
      device: "cpu",
      precision: "bfloat16",
      threads: 24,
    },
  ]);
  expect(await given("features.l2_normalise", () => engine.features.l2Normalise(first)))
    .toEqual([[{ tensor: [[1, 2]] }, null], {}]);
  expect(await given("features.l2_normalise", () => engine.features.l2Normalise(first, scratch)))
    .toEqual([[{ tensor: [[1, 2]] }, "a folder"], {}]);
});

Deno.test("kmeans", async () => {
  const how = { engine: "torch", device: "cpu", threads: 61 } as const;
  const options = { ...how, k: 62, iterations: 63, seed: 64 };
  expect(await given("kmeans.fit", () => engine.kmeans.fit(first, options, {})))
    .toEqual([[{ tensor: [[1, 2]] }, 62], {
      ...how,
      ...{ iterations: 63, seed: 64, folder: null, init_centroids: null },
    }]);
  expect(await given("kmeans.assign", () => engine.kmeans.assign(first, second, how)))
    .toEqual([[{ tensor: [[1, 2]] }, { tensor: [[3, 4]] }], { ...how, folder: null }]);
  const kept = { ...options, ...scratch };
  expect(await given("kmeans.fit", () => engine.kmeans.fit(first, kept, {})))
    .toEqual([[{ tensor: [[1, 2]] }, 62], {
      ...{ ...how, ...scratch, iterations: 63, seed: 64, init_centroids: null },
    }]);
  const [, from] = await given(
    "kmeans.fit",
    () => engine.kmeans.fit(first, { ...options, start: second }, {}),
  ) as [unknown, unknown];
  expect(from).toMatchObject({ init_centroids: { tensor: [[3, 4]] } });
  const cap = { most: 68, iterations: 63, seed: 64, device: "cpu", threads: 61 };
  const { most, ...keywords } = cap;
  expect(await given("kmeans.balance", () => engine.kmeans.balance(first, second, cap, {})))
    .toEqual([[{ tensor: [[1, 2]] }, { tensor: [[3, 4]] }, most], keywords]);
  const telling = { ...options, splits: 69, ...scratch };
  expect(
    await given(
      "kmeans.reproducible_information",
      () => engine.kmeans.reproducibleInformation(first, telling, {}),
    ),
  ).toEqual([[{ tensor: [[1, 2]] }, 62], {
    ...{ ...how, ...scratch, splits: 69, iterations: 63, seed: 64 },
  }]);
  const guiding = { weight: 0.5, iterations: 63, seed: 64, device: "cpu", threads: 61 };
  expect(
    await given(
      "kmeans.guide",
      () => engine.kmeans.guide(first, one, 67, { k: 62, ...guiding }, {}),
    ),
  ).toEqual([[{ tensor: [[1, 2]] }, { tensor: [11] }, 67, 62], guiding]);
  const search = { iterations: 63, starts: 70, seed: 64 };
  expect(
    await given(
      "kmeans.consensus",
      () => engine.kmeans.consensus([one, two], { k: 62, ...search }, {}),
    ),
  ).toEqual([[[{ tensor: [11] }, { tensor: [12] }], 62], search]);
  const draw = { seed: 65, ...scratch };
  expect(await given("kmeans.draw_rows", () => engine.kmeans.drawRows(first, 66, draw)))
    .toEqual([[{ tensor: [[1, 2]] }, 66], draw]);
  expect(await given("kmeans.prototypes", () => engine.kmeans.prototypes(first, one, 67, how)))
    .toEqual([[{ tensor: [[1, 2]] }, { tensor: [11] }, 67], { ...how, folder: null }]);
  const host = { data: BigInt64Array.of(11n), shape: [1] };
  expect(await given("kmeans.prototypes", () => engine.kmeans.prototypes(first, host, 67, how)))
    .toEqual([[{ tensor: [[1, 2]] }, { tensor: [11] }, 67], { ...how, folder: null }]);
});

Deno.test("probes", async () => {
  const options = { costs: [0.1, 10], classes: 71, device: "cpu", threads: 72, ...scratch };
  const train = { features: first, labels: one };
  const other = { features: second, labels: two };
  const found = await given(
    "probes.sweep",
    () => engine.probes.sweep("a probe", "a metric", train, [other, train], options, {}),
  );
  const [trained, tested] = [
    [{ tensor: [[1, 2]] }, { tensor: [11] }],
    [{ tensor: [[3, 4]] }, { tensor: [12] }],
  ];
  expect(found).toEqual([
    ["a probe", "a metric", ...trained!, [tested, trained]],
    { ...options, ...scratch },
  ]);
});

Deno.test("representations", async () => {
  const options = { neighbours: 81, limit: 82, seed: 83, threads: 84 };
  expect(
    await given(
      "representations.neighbour_agreement",
      () => engine.representations.neighbourAgreement(first, second, options, {}),
    ),
  ).toEqual([[{ tensor: [[1, 2]] }, { tensor: [[3, 4]] }], options]);
  expect(
    await given(
      "representations.effective_rank",
      () => engine.representations.effectiveRank(first, { threads: 85 }, {}),
    ),
  ).toEqual([[{ tensor: [[1, 2]] }], { threads: 85 }]);
});

Deno.test("metrics", async () => {
  const found = await given(
    "metrics.baseline",
    () => engine.metrics.baseline("a metric", one, two, 81),
  );
  expect(found).toEqual([["a metric", { tensor: [11] }, { tensor: [12] }, 81], {}]);
});
