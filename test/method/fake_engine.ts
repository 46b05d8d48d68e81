/** An engine that computes nothing and records everything: what was asked, with which arguments, and whose results
 * these were. A tensor, a network, a source and an objective each know the call that made them; what is saved to a
 * file still knows it when it is loaded, so a score can be followed back to the images. */
import { createHash } from "node:crypto";
import type {
  Clustering,
  Engine,
  HostArray,
  Indexed,
  IndexedPicture,
  Objective,
  Piece,
  Source,
  Tensor,
  TensorFile,
} from "../../src/engine/engine.ts";

/** What a call gave, as far as tests ask: its name and place among the calls. */
export type Origin = string;

export interface Call {
  readonly name: string;
  /** Tensors, networks and the like are told by the call that made them. */
  readonly args: readonly unknown[];
  /** What its results are known by. */
  readonly made: Origin;
}

interface FakeTensor extends Tensor {
  readonly origin: Origin;
  /** Where a test or a data stage gave them. */
  readonly values?: readonly number[];
}

interface Made extends Disposable {
  readonly origin: Origin;
}

export interface FakeEngine extends Engine {
  readonly calls: readonly Call[];
  /** The calls of that name. */
  of(name: string): readonly Call[];
  /** The call that made this. Throws where none did. */
  maker(origin: unknown): Call;
}

export interface FakeOptions {
  /** What a picture's file holds, for `data.index`: one pixel, unless a test says otherwise. */
  readonly decode?: (piece: Piece) => Indexed;
  /** The loss of a training becomes NaN where this says so of its options. */
  readonly diverges?: (options: { readonly seed: number }) => boolean;
  /** Of every training. */
  readonly stepsPerEpoch?: number;
}

/** A picture of one pixel whose bytes are its path. */
export function onePixel({ file }: Piece): IndexedPicture {
  const sha256 = createHash("sha256").update(file).digest("hex");
  const [width, height, storedWidth, storedHeight] = [1, 1, 1, 1];
  const size = { width, height, storedWidth, storedHeight };
  return { sha256, bytes: file.length, format: "PNG", ...size, note: "" };
}

/** As `data.index` leaves a file: these bytes from `start` on, nothing behind them. */
async function writeFrom(
  { path, start }: { readonly path: string; readonly start: number },
  bytes: Uint8Array,
): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true });
  await file.truncate(start);
  await file.seek(start, Deno.SeekMode.Start);
  await file.write(bytes);
}

export function fakeEngine(
  { decode = onePixel, diverges = () => false, stepsPerEpoch = 2 }: FakeOptions = {},
): FakeEngine {
  const calls: Call[] = [];
  const record = (name: string, ...args: unknown[]): Origin => {
    const made = `${name}#${calls.length}`;
    calls.push({ name, args: args.map(plain), made });
    return made;
  };
  const tensor = (
    origin: Origin,
    shape: readonly number[],
    dtype = "float32",
    values?: readonly number[],
  ): FakeTensor => ({ origin, shape, dtype, ...(values && { values }), [Symbol.dispose]() {} });
  const file = (tensors: Readonly<Record<string, FakeTensor>>): TensorFile => ({
    has: (name) => name in tensors,
    get(name) {
      const found = tensors[name];
      if (found) return found;
      throw new Error(`There is no tensor "${name}" here.`);
    },
    [Symbol.dispose]() {},
  });
  const save = async (path: string, tensors: Readonly<Record<string, Tensor | HostArray>>) => {
    const known = Object.entries(tensors).map(([name, given]) => [name, asTensor(given, path)]);
    await Deno.writeTextFile(path, JSON.stringify(Object.fromEntries(known)));
  };
  const load = async (path: string) => {
    const saved: Record<string, FakeTensor> = JSON.parse(await Deno.readTextFile(path));
    return file(
      Object.fromEntries(
        Object.entries(saved).map(([name, { origin, shape, dtype, values }]) => [
          name,
          tensor(origin, shape, dtype, values),
        ]),
      ),
    );
  };
  const imports = () => Promise.reject(new Error("this engine imports no networks"));
  const made = (origin: Origin): Made => ({ origin, [Symbol.dispose]() {} });

  const engine: FakeEngine = {
    calls,
    of: (name) => calls.filter((call) => call.name === name),
    maker(origin) {
      const found = calls.find((call) => call.made === origin);
      if (found) return found;
      throw new Error(`no call made ${JSON.stringify(origin)}`);
    },
    devices: {
      describe: () =>
        Promise.resolve({ versions, threads: 2, bf16: false, cuda: null, faissGpu: false }),
    },
    tensors: {
      load,
      save,
      async append(path, name, rows, { total }) {
        const { origin, shape, dtype } = rows as FakeTensor;
        const whole = tensor(origin, [total, ...shape.slice(1)], dtype);
        await Deno.writeTextFile(path, JSON.stringify({ [name]: whole }));
        return { bytes: 0, sha256: "" };
      },
      toArray(given) {
        const { values, shape } = given as FakeTensor;
        return Float64Array.from(values ?? Array.from({ length: shape[0] ?? 0 }, () => 0));
      },
      take(given, rows) {
        const { origin, values, dtype, shape } = given as FakeTensor;
        const size = shape.slice(1).reduce((product, length) => product * length, 1);
        const taken = values && rows.flatMap((row) => values.slice(row * size, (row + 1) * size));
        const from = `${origin}[${rows.join(",")}]`;
        return tensor(from, [rows.length, ...shape.slice(1)], dtype, taken);
      },
    },
    data: {
      packed(images): Source {
        const { origin, shape } = images as FakeTensor;
        return { ...made(origin), images, rows: shape[0] ?? 0 } as Source;
      },
      clips(images): Source {
        return { ...made(record("clips", images)), rows: images.shape[0] ?? 0 };
      },
      pixels(path, shapes) {
        const rows = shapes.get("offsets").shape[0] ?? 0;
        return { ...made(record("pixels", path, shapes)), rows };
      },
      files(places, decoding) {
        const rows = places.get("offsets").shape[0] ?? 0;
        return { ...made(record("files", places, decoding)), rows };
      },
      videos(keys, videos) {
        const rows = videos.get("ends").shape[0] ?? 0;
        return { ...made(record("videos", keys, videos)), rows };
      },
      async indexVideos(paths, keys, watch) {
        record("indexVideos", paths, keys);
        const found = paths.map((file) => decode({ file, range: null, seconds: null }));
        const good = found.filter((one) => !("reason" in one)).length;
        const bytes = new Uint8Array(keys ? 16 * good : 0).fill(paths.length);
        if (keys) await writeFrom(keys, bytes);
        watch?.onProgress?.(paths.length, paths.length, {});
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        return { pictures: found, bytes: bytes.length, sha256 };
      },
      async index(pieces, options, watch) {
        record("index", pieces, options);
        const found = pieces.map(decode);
        const good = found.filter((one) => !("reason" in one)).length;
        const pixels = new Uint8Array(options.pixels ? 3 * good : 0).fill(pieces.length);
        if (options.pixels) await writeFrom(options.pixels, pixels);
        watch?.onProgress?.(pieces.length, pieces.length, {});
        const sha256 = createHash("sha256").update(pixels).digest("hex");
        return { pictures: found, bytes: pixels.length, sha256 };
      },
      read(source, rows, view) {
        const { origin, images } = source as Source & { origin: Origin; images?: FakeTensor };
        record("read", origin, rows, view);
        if (images) return Promise.resolve(engine.tensors.take(images, rows));
        const side = view.size ?? 1;
        const shape = [rows.length, ...view.frames === null ? [] : [view.frames], side, side, 3];
        return Promise.resolve(tensor(origin, shape, "uint8"));
      },
    },
    matrices: {
      load: async (path, name) => (await load(path)).get(name ?? "features"),
    },
    containers: {
      arrowImages: () => Promise.reject(new Error("this engine opens no containers")),
      digits: () => Promise.reject(new Error("this engine opens no containers")),
      videoDurations: () => Promise.reject(new Error("this engine opens no containers")),
    },
    memberships: {
      distances: () => Promise.reject(new Error("this engine measures no distances")),
      closePairs: () => Promise.reject(new Error("this engine measures no distances")),
    },
    export: {
      weights: () => Promise.reject(new Error("this engine exports nothing")),
      program: () => Promise.reject(new Error("this engine exports nothing")),
      onnx: () => Promise.reject(new Error("this engine exports nothing")),
      script: ({ weights }) => `load ${weights}`,
    },
    models: {
      build: (options) => Promise.resolve(made(record("build", options))),
      async load(path, options) {
        const { origin } = JSON.parse(await Deno.readTextFile(path));
        record("load", origin, options);
        return made(origin);
      },
      layers: () => Promise.resolve([]),
      snippet: ({ path }) => `load ${path}`,
    },
    pretrained: {
      fromCheckpoint: imports,
      fromEfficientNet: imports,
      fromFolder: imports,
      fromTimm: imports,
      fromTorchvision: imports,
      fromTransformers: imports,
    },
    objectives: {
      make: (name, given) =>
        Promise.resolve<Objective>({
          ...made(record("objective", name, given)),
          metrics: ["accuracy"],
        }),
    },
    training: {
      trainer(network, source, objective, options) {
        const origin = record("train", network, source, objective, options);
        let step = 0;
        return Promise.resolve({
          stepsPerEpoch,
          get step() {
            return step;
          },
          run(rates, { onProgress }) {
            if (diverges(options)) throw new Error(`diverged: seed ${options.seed}`);
            record("run", origin, rates);
            step += rates.length;
            onProgress?.(rates.length, rates.length, { loss: 1 / step });
            return Promise.resolve({
              loss: 1 / step,
              images: rates.length * options.batchSize,
              metrics: { accuracy: 0.5 },
            });
          },
          save: (path) => Deno.writeTextFile(path, JSON.stringify({ origin, step })),
          async load(path) {
            ({ step } = JSON.parse(await Deno.readTextFile(path)));
          },
          saveNetwork: (path) => Deno.writeTextFile(path, JSON.stringify({ origin, step })),
          [Symbol.dispose]() {},
        });
      },
    },
    features: {
      extract(network, source, outputs, options, { onProgress }) {
        const origin = record("extract", network, source, outputs, options);
        const rows = options.rows?.length ?? source.rows;
        onProgress?.(rows, rows, {});
        const names = Object.keys(outputs);
        return Promise.resolve(
          file(
            Object.fromEntries(names.map((name) => [name, tensor(`${origin}.${name}`, [rows, 2])])),
          ),
        );
      },
      l2Normalise: (features) =>
        Promise.resolve(tensor(record("normalise", features), features.shape)),
    },
    kmeans: {
      fit(features, options, { onProgress }) {
        const origin = record("kmeans", features, options);
        onProgress?.(1, options.iterations, {});
        return Promise.resolve(clustering(origin, features, options.k, [2, 1]));
      },
      balance(features, centroids, options, { onProgress }) {
        const origin = record("balance", features, centroids, options);
        onProgress?.(1, options.iterations, {});
        const k = centroids.shape[0] ?? 0;
        return Promise.resolve({ ...clustering(origin, features, k, [2, 1]), gap: 0.005 });
      },
      guide(features, labels, classes, options, { onProgress }) {
        const origin = record("guide", features, labels, classes, options);
        onProgress?.(1, options.iterations, {});
        return Promise.resolve({
          ...clustering(origin, features, options.k, [2, 1]),
          impurity: 1.5,
        });
      },
      consensus(clusterings, options, { onProgress }) {
        const origin = record("consensus", clusterings, options);
        onProgress?.(1, clusterings.length + options.starts, {});
        const { centroids: _, ...partition } = clustering(origin, clusterings[0]!, options.k, [3]);
        return Promise.resolve(partition);
      },
      drawRows(features, count, options) {
        const origin = record("draw", features, count, options);
        return Promise.resolve(tensor(origin, [count, features.shape[1] ?? 0]));
      },
      reproducibleInformation(features, options, { onProgress }) {
        record("reproducible", features, options);
        onProgress?.(1, options.splits, {});
        const bits = Array.from({ length: options.splits }, (_, split) => options.k + split);
        return Promise.resolve({ bits, share: bits.map(() => 0.5) });
      },
      prototypes: (features, labels, classes, options) =>
        Promise.resolve(
          clustering(
            record("prototypes", features, labels, classes, options),
            features,
            classes,
            [],
          ),
        ),
      assign: (features, centroids, options) =>
        Promise.resolve(
          tensor(record("assign", features, centroids, options), [features.shape[0] ?? 0]),
        ),
    },
    probes: {
      sweep(probe, metric, train, evaluations, options) {
        record("sweep", probe, metric, train, evaluations, options);
        const score = scoreOf(calls.length - 1);
        return Promise.resolve(options.costs.map((cost) => ({
          values: [10 * cost, score],
          evaluations: 7,
          converged: true,
        })));
      },
      sgd(metric, train, evaluations, options) {
        record("sgd", metric, train, evaluations, options);
        const score = scoreOf(calls.length - 1);
        return Promise.resolve(options.learningRates.map((rate) => ({
          values: [10 * rate, score],
          steps: 9,
        })));
      },
      svm(metric, sets, evaluations, options) {
        record("svm", metric, sets, evaluations, options);
        const costs = Array.from({ length: options.classes }, (_, at) => at === 1 ? null : 0.5);
        return Promise.resolve({ values: [scoreOf(calls.length - 1)], costs, converged: true });
      },
    },
    representations: {
      effectiveRank(features, options) {
        record("rank", features, options);
        return Promise.resolve(calls.length);
      },
      neighbourAgreement(first, second, options) {
        record("neighbours", first, second, options);
        return Promise.resolve(calls.length);
      },
    },
    metrics: {
      baseline(metric, train, test, classes) {
        record("baseline", metric, train, test, classes);
        return Promise.resolve(5);
      },
    },
  };
  return engine;

  /** Rows are dealt out one by one. */
  function clustering(
    origin: Origin,
    features: Tensor,
    k: number,
    objectives: readonly number[],
  ): Clustering {
    const [rows = 0, size = 0] = features.shape;
    const labels = Array.from({ length: rows }, (_, row) => row % k);
    const place = calls.length; // of each clustering its own: whose centroids are whose can be told
    const numbers = Array.from({ length: k * size }, () => place);
    return {
      centroids: tensor(origin, [k, size], "float32", numbers),
      labels: tensor(origin, [rows], "int64", labels),
      distinct: rows,
      empty: 0,
      objective: 1,
      objectives,
      sizes: Array.from({ length: k }, (_, id) => labels.filter((label) => label === id).length),
      [Symbol.dispose]() {},
    };
  }

  function asTensor(given: Tensor | HostArray, path: string): FakeTensor {
    if ("origin" in given) {
      const { origin, shape, dtype, values } = given as FakeTensor;
      return tensor(origin, shape, dtype, values);
    }
    const { data, shape } = given as HostArray;
    const values = data.length <= 10_000 ? Array.from(data, Number) : undefined;
    return tensor(path.split("/").slice(-2).join("/"), shape, "host", values);
  }
}

/** The score of the sweep that is call `at`: each has its own, so that whose is whose can be told. */
const scoreOf = (at: number) => (at + 1) / 1000;

/** The sweep that gave this score. */
export function sweepOf({ calls }: Pick<FakeEngine, "calls">, score: number): Call {
  const call = calls.find((_, at) => scoreOf(at) === score);
  if (call) return call;
  throw new Error(`no sweep gave ${score}`);
}

/** Of the packages that keys need. */
export const versions = {
  torch: "1",
  torchvision: "2",
  faiss: "3",
  safetensors: "4",
  numpy: "5",
  pillow: "7",
  "scikit-learn": "9",
  timm: "8",
  python: "6",
};

/** An argument as the records hold it. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if ("origin" in value) return value.origin;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}
