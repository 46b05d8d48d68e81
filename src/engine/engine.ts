/** The engine as types: what the method may ask of PyTorch and FAISS. `startEngine()` in `mod.ts` gives
 * the one that runs in Python; stages see these interfaces only. */

/** How a long call is watched and stopped. It runs on a Python thread; the event loop goes on. */
export interface JobOptions {
  readonly signal?: AbortSignal;
  /** About ten times a second while the call runs. `metrics` are the call's own, e.g. `{ loss }`. */
  readonly onProgress?: (
    done: number,
    total: number,
    metrics: Readonly<Record<string, number>>,
  ) => void;
}

/** A tensor held by Python. Dispose it to free its memory. */
export interface Tensor extends Disposable {
  readonly shape: readonly number[];
  /** "float32", "uint8", "int64" ... */
  readonly dtype: string;
}

/** A JS typed array handed to Python, row-major; it is not copied. */
export interface HostArray {
  readonly data: Uint8Array | Int32Array | BigInt64Array | Float32Array | Float64Array;
  readonly shape: readonly number[];
}

/** The tensors of one safetensors file, by name. Disposing it disposes them. */
export interface TensorFile extends Disposable {
  /** Throws where the file has no tensor of that name. */
  get(name: string): Tensor;
  has(name: string): boolean;
}

/** A network held by Python: layers by name, and one or several heads. */
export type Network = Disposable;

/** What a network is built by. */
interface Backbone {
  readonly arch: string;
  readonly width: number | null;
}

/** What `weights` wrote. */
export interface WeightsFile {
  /** Whether the names are those of the library's own network with as many outputs. */
  readonly named: boolean;
  /** What that is made by, beside its name and the number of outputs. */
  readonly arguments: Readonly<Record<string, number | string | boolean>>;
}

export interface ExportOptions {
  /** Side of its images in pixels; their number is left open. */
  readonly size: number;
  readonly threads: number;
}

/** How a network reads a row. */
export interface View {
  /** Side of a square image in pixels; null: as stored. */
  readonly size: number | null;
  /** Views of one row; in extraction their features are averaged, and training takes one. */
  readonly clips: number;
  /** Of a clip; null for stills. */
  readonly frames: number | null;
  /** Of a network that was trained elsewhere: resized to `resize`, the centre of `size` cut out, and normalised
   * by these; else (pixel - 127.5) / 64. */
  readonly preprocessing?: {
    readonly resize: number;
    readonly interpolation: "bilinear" | "bicubic" | "lanczos";
    readonly mean: readonly [number, number, number];
    readonly std: readonly [number, number, number];
  };
}

/** Preprocessing, and the side in pixels of what is cut out. */
export type Reading = NonNullable<View["preprocessing"]> & { readonly size: number };

/** A layer B x channels x height x width. */
export interface LayerSize {
  readonly name: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** What became of somebody else's checkpoint. */
export interface Imported {
  readonly arch: string;
  /** Which kind it was, for people. */
  readonly layout: string;
  /** Of the trunk: all of them were found. */
  readonly weights: number;
  /** Names of weights behind the features, left out. */
  readonly heads: readonly string[];
  /** Tensors of each other part: optimisers, a second network. */
  readonly others: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

/** Rows and where their pixels come from. */
export interface Source extends Disposable {
  readonly rows: number;
}

/** Where the bytes of a picture are. */
export interface Piece {
  /** Absolute path. */
  readonly file: string;
  /** Of a picture inside a larger file, in bytes; null for the whole file. */
  readonly range: { readonly offset: number; readonly bytes: number } | null;
  /** Of a frame of a video, in seconds; null for stills. */
  readonly seconds: number | null;
}

/** How pictures are decoded. */
export interface Decoding {
  /** Shorter sides that are longer than it are resized to it, in pixels. */
  readonly side: number;
  /** With which they are resized. */
  readonly interpolation: "bilinear" | "bicubic" | "lanczos";
}

export interface IndexOptions extends Decoding {
  /** Where the pixels go: into this file, from this byte on; what was behind it is dropped. Null: nowhere. */
  readonly pixels: { readonly path: string; readonly start: number } | null;
}

/** A picture that can be used, or why it cannot. */
export type Indexed = IndexedPicture | { readonly reason: string };

/** What is in the file of a picture. */
export interface IndexedPicture {
  /** Of its bytes, hex. */
  readonly sha256: string;
  /** Length of its bytes. */
  readonly bytes: number;
  /** As Pillow names it. */
  readonly format: string;
  /** Of the whole picture, in pixels, turned as EXIF says. */
  readonly width: number;
  /** Likewise. */
  readonly height: number;
  /** As it is read, in pixels. */
  readonly storedWidth: number;
  /** Likewise. */
  readonly storedHeight: number;
  /** What was done that may surprise; empty where nothing was. */
  readonly note: string;
}

/** What came of some pieces, in their order; `bytes` and `sha256` are those of the pixels that were written. */
export interface IndexedBlock {
  readonly pictures: readonly Indexed[];
  readonly bytes: number;
  readonly sha256: string;
}

/** What a network is trained for. */
export interface Objective extends Disposable {
  /** Names of what training measures beside the loss, in the order in which it tells them. */
  readonly metrics: readonly string[];
}

/** A network that an objective asks and does not train. It reads the rows that the trained one reads. */
export interface FrozenNetwork {
  readonly network: Network;
  readonly view: View;
}

/**
 * What `engine.devices.describe()` says of this machine.
 *
 * @internal
 */
export interface Description {
  readonly versions: Readonly<Record<string, string>>;
  /** CPUs this process may run on. */
  readonly threads: number;
  /** Whether the CPU multiplies bfloat16 in hardware. */
  readonly bf16: boolean;
  readonly cuda: { readonly name: string; readonly count: number; readonly memory: number } | null;
  readonly faissGpu: boolean;
}

/** Where what is as large as the features is kept while a call works, in files that are gone with it: private
 * memory then stays flat in the number of rows. In memory where it is left out. */
export interface Scratch {
  readonly folder?: string;
}

/** Where and how a long call computes. */
export interface Placement {
  readonly device: string;
  readonly precision: "float32" | "bfloat16";
  readonly threads: number;
}

/** What may happen to a training image; nothing, unless said. A type, not an interface: configs are JSON. */
export type Augmentation = {
  /** A random part of the image, resized to the view: its share of the image's area, and width / height. */
  readonly crop?: {
    readonly scale: readonly [least: number, most: number];
    readonly ratio: readonly [least: number, most: number];
  };
  /** Largest move along each axis, pixels. */
  readonly shift?: number;
  /** Half of the images are mirrored. */
  readonly flip?: boolean;
  /** In random order: factors of 1 +- `brightness`, `contrast` and `saturation`, and a turn of the hue by +- `hue`
   * of a whole one. `probability`: that it happens to an image. */
  readonly colourJitter?: {
    readonly probability: number;
    readonly brightness: number;
    readonly contrast: number;
    readonly saturation: number;
    readonly hue: number;
  };
  /** Probability that an image loses its colours. */
  readonly grey?: number;
  /** A Gaussian blur of an image, standard deviation in pixels. */
  readonly blur?: {
    readonly probability: number;
    readonly sigma: readonly [least: number, most: number];
  };
};

export interface TrainerOptions extends Placement {
  /** How the trained network reads a row: one clip. */
  readonly view: View;
  readonly batchSize: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
  readonly labelSmoothing: number;
  readonly augment: Augmentation;
  readonly seed: number;
}

/** What training measured, as means over the images of the epoch so far, whichever runs trained on them. */
export interface TrainingSummary {
  readonly loss: number;
  readonly images: number;
  /** By the names in `Objective.metrics`; "accuracy" is a fraction. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Training under way. Its place is the global step alone: batch order and augmentation are drawn from
 * (seed, epoch) and (seed, step), so a loaded checkpoint goes on bit for bit. */
export interface Trainer extends Disposable {
  readonly stepsPerEpoch: number;
  readonly step: number;
  /** One SGD step per learning rate. Progress tells `loss`. Rejects with an EngineError of kind
   * "NonFiniteLoss" where the loss or a weight turns NaN or infinite. */
  run(learningRates: readonly number[], job: JobOptions): Promise<TrainingSummary>;
  /** Writes weights, buffers, momentum and step. */
  save(path: string): Promise<void>;
  load(path: string): Promise<void>;
  /** Writes the network alone, with PyTorch's own parameter names. */
  saveNetwork(path: string): Promise<void>;
}

export interface Clustering extends Disposable {
  /** float32 [k, D] */
  readonly centroids: Tensor;
  /** int64 [N], the nearest centroid as float64 tells, of equals the first: the same from each engine. */
  readonly labels: Tensor;
  /** Rows that equal no earlier one. Where they are fewer than k, clusters stay empty. */
  readonly distinct: number;
  /** Clusters without a row. */
  readonly empty: number;
  /** Sum of squared distances to the assigned centroid over all rows, float64. */
  readonly objective: number;
  /** The objective before each iteration; it ends early where the centroids stopped moving. */
  readonly objectives: readonly number[];
  /** Rows per cluster. */
  readonly sizes: readonly number[];
  /** Under a cap of sizes, by which share its assignment was proved to be above the best at most. */
  readonly gap?: number;
}

/** How the rows of a data set fit into their clusters. */
export interface Distances {
  /** To the centroid of its own cluster, Euclidean. */
  readonly own: Float64Array;
  /** To the nearest centroid of another cluster that has a row; NaN where there is none. */
  readonly others: Float64Array;
  /** Which cluster that is; -1 where there is none. */
  readonly second: Float64Array;
}

/** Rows that are nearly the same, and how far they are apart. */
export interface Pair {
  readonly rows: readonly [number, number];
  readonly distance: number;
}

/** How one probe of a sweep did. */
export interface ProbeFit {
  /** The metric in percent on each evaluation set, in the order given. */
  readonly values: readonly number[];
  /** How often the loss was computed. */
  readonly evaluations: number;
  /** Whether the gradient came within the tolerance; else the fit stopped at its limit. */
  readonly converged: boolean;
}

/** How one learning rate of a probe by SGD did. */
export interface SgdFit {
  /** The metric in percent on each evaluation set, in the order given; null where the weights diverged. */
  readonly values: readonly number[] | null;
  /** How often the weights were changed. */
  readonly steps: number;
}

/** A linear probe by mini-batch SGD: what all learning rates have in common. */
export type SgdOptions = {
  /** Passes over the rows. */
  readonly epochs: number;
  readonly batchSize: number;
  readonly momentum: number;
  readonly weightDecay: number;
  /** How often the learning rate is divided by 10, after equally spaced intervals. */
  readonly drops: number;
  /** Of the weights at the start and the order of the rows. */
  readonly seed: number;
};

/** How the SVMs of all classes did. */
export interface SvmFit {
  /** The metric in percent on each evaluation set, in the order given. */
  readonly values: readonly number[];
  /** The chosen one of each class; null where it cannot be told from others. */
  readonly costs: readonly (number | null)[];
  /** Whether all fits at these costs came within the tolerance. */
  readonly converged: boolean;
}

/** Features float32 [N, D] and labels: int64 [N], or uint8 [N, C] for several a row: 0, 1, or 2 where a class is there
 * but difficult to see. */
export interface LabelledFeatures {
  readonly features: Tensor;
  readonly labels: Tensor;
}

/** Features to extract: of which layer, and how many numbers at most. */
export interface LayerOutput {
  readonly layer: string;
  readonly budget: number | null;
}

/** Where the pictures of an Arrow file are, row by row. */
export interface ArrowImages {
  /** Of the first byte of an embedded picture, in the file; -1 where none is embedded. */
  readonly offsets: ArrayLike<number>;
  /** Of an embedded picture, in bytes. */
  readonly lengths: ArrayLike<number>;
  /** What the row says of the picture's own file. */
  readonly paths: readonly (string | null)[];
  /** Cells of the label column; null where none was asked for. */
  readonly labels: readonly ArrowLabel[] | null;
}

export type ArrowLabel = null | number | string | readonly (number | string)[];

/**
 * The typed calls into `py/`, a member for each of its modules. A program gets one from `startEngine()` and
 * hands it to its stages; what stages call changes with them.
 *
 * @internal
 */
export interface Engine {
  readonly devices: { describe(): Promise<Description> };
  readonly tensors: {
    load(path: string): Promise<TensorFile>;
    /** Whole or not at all; the same input gives the same bytes. */
    save(path: string, tensors: Readonly<Record<string, Tensor | HostArray>>): Promise<void>;
    /** Writes float32 [T, D] rows, those from `start` on, into a file that with the last of its `total` rows has
     * the bytes that `save` writes for all of them under that name. What it holds behind `start` is replaced.
     * Flushed to the disk; gives what was written. */
    append(
      path: string,
      name: string,
      rows: Tensor,
      place: { readonly total: number; readonly start: number },
    ): Promise<{ bytes: number; sha256: string }>;
    /** A copy of the elements of a uint8, int64 (as numbers), float32 or float64 tensor, row-major. */
    toArray(tensor: Tensor): Uint8Array | Float32Array | Float64Array;
    /** Rows of a tensor, in the order of `rows`. */
    take(tensor: Tensor, rows: readonly number[], scratch?: Scratch): Tensor;
  };
  readonly matrices: {
    /** float32 [N, D] from an npy file (`tensor` null) or from a tensor of a safetensors file. It stays in the file;
     * other floats, and other orders, are converted. */
    load(path: string, tensor: string | null, scratch?: Scratch): Promise<Tensor>;
  };
  readonly data: {
    /** Stills held in memory: uint8 [N, H, W, 3]. */
    packed(images: Tensor): Source;
    /** Clips held in memory: uint8 [N, T, H, W, 3]. */
    clips(images: Tensor): Source;
    /** Pictures in a file that `index` wrote. `shapes`: {offsets, heights, widths int64 [N]}. */
    pixels(path: string, shapes: TensorFile): Source;
    /** Pictures that are decoded each time they are read. `places`: {paths uint8, ends int64 [F], files, offsets,
     * lengths, heights, widths int64 [N], digests uint8 [N, 32]}, as py/clusterfit/data/files.py says. */
    files(places: TensorFile, decoding: Decoding): Source;
    /** Decodes pictures in threads; progress counts them. */
    index(
      pieces: readonly Piece[],
      options: IndexOptions,
      watch?: JobOptions,
    ): Promise<IndexedBlock>;
    /** uint8 [rows, H, W, 3]: these rows through a view. */
    read(source: Source, rows: readonly number[], view: View): Promise<Tensor>;
  };
  /** Files that hold many pictures, and that a library of Python has to open. */
  readonly containers: {
    /** The rows of one Arrow file of a saved data set, in their order. Needs the extra "arrow". */
    arrowImages(
      path: string,
      columns: {
        /** Of structs { bytes, path }. */
        readonly image: string;
        readonly label: string | null;
      },
      job: JobOptions,
    ): Promise<ArrowImages>;
    /** The 1,797 handwritten digits of scikit-learn: uint8 [N, 32, 32, 3], and 0 to 9 for each. */
    digits(): Promise<{ readonly pixels: Uint8Array; readonly labels: readonly number[] }>;
    /** Seconds of each video; null where it cannot be read. Needs the extra "av". */
    videoDurations(paths: readonly string[], job: JobOptions): Promise<readonly (number | null)[]>;
  };
  readonly models: {
    /** `heads`: outputs by name, the first one kept as `fc`, a further one as `heads.<name>`. */
    build(
      options: {
        readonly arch: string;
        readonly width: number | null;
        readonly heads: Readonly<Record<string, number>>;
        readonly seed: number;
      },
    ): Promise<Network>;
    load(
      path: string,
      options: { readonly arch: string; readonly width: number | null },
    ): Promise<Network>;
    /** The layers of a network, the first to the last, for images of `size` pixels; null: of the size that it was
     * laid out for, for networks of other libraries. */
    layers(network: Network, size: number | null): Promise<readonly LayerSize[]>;
    /** Lines of plain Python that load the network at `path`. */
    snippet(
      options: {
        readonly arch: string;
        readonly width: number | null;
        readonly heads: Readonly<Record<string, number>>;
        readonly path: string;
        /** Of a network that was trained elsewhere. */
        readonly preprocessing?: View["preprocessing"];
      },
    ): string;
  };
  /** Networks that were trained elsewhere, written to `out` as safetensors with what they are in the metadata.
   * `reading`: how they read images; null: what the weights' own metadata say. Progress is in bytes that come
   * from the network. */
  readonly pretrained: {
    fromCheckpoint(
      path: string,
      arch: string | null,
      out: string,
      reading: Reading,
    ): Promise<Imported>;
    fromEfficientNet(out: string): Promise<Imported>;
    fromFolder(folder: string, out: string, reading: Reading | null): Promise<Imported>;
    fromTimm(
      arch: string,
      file: string | null,
      out: string,
      reading: Reading | null,
      job: JobOptions,
    ): Promise<Imported>;
    fromTorchvision(
      arch: string,
      weights: string | null,
      out: string,
      reading: Reading | null,
      job: JobOptions,
    ): Promise<Imported>;
    fromTransformers(
      place: string,
      pool: string | null,
      out: string,
      reading: Reading | null,
      job: Pick<JobOptions, "signal">,
    ): Promise<Imported>;
  };
  readonly objectives: {
    /** The objective of that name in `py/clusterfit/objectives`: "rotation", "labels", "distillation",
     * "regression". `labels` int64 [N] over the rows of the source, one for each head. */
    make(
      name: string,
      given: {
        readonly labels: readonly Tensor[];
        readonly networks: readonly FrozenNetwork[];
        readonly options: Readonly<Record<string, number | string | boolean>>;
      },
    ): Promise<Objective>;
  };
  readonly training: {
    trainer(
      network: Network,
      source: Source,
      objective: Objective,
      options: TrainerOptions,
    ): Promise<Trainer>;
  };
  readonly features: {
    /** float32 [rows, D] per output, eval mode. The budget null pools to one value per channel; a number
     * pools to the largest s x s with channels * s * s within it. */
    extract(
      network: Network,
      source: Source,
      outputs: Readonly<Record<string, LayerOutput>>,
      options: Placement & {
        readonly view: View;
        /** In the order of the result; null: every row. */
        readonly rows: readonly number[] | null;
        readonly batchSize: number;
      },
      job: JobOptions,
    ): Promise<TensorFile>;
    /** x / (||x||_2 + 1e-5), row by row (paper, supplement D). */
    l2Normalise(features: Tensor, scratch?: Scratch): Promise<Tensor>;
  };
  readonly kmeans: {
    /** Lloyd's k-means on all rows of float32 [N, D]. */
    fit(
      features: Tensor,
      options: Scratch & {
        readonly k: number;
        readonly iterations: number;
        readonly seed: number;
        readonly engine: "faiss" | "torch";
        readonly device: string;
        readonly threads: number;
        /** Centroids float32 [K, D] to start from; rows drawn by the seed unless given. */
        readonly start?: Tensor;
      },
      job: JobOptions,
    ): Promise<Clustering>;
    /** Moves centroids float32 [K, D] on, with clusters of `most` rows at most: the objective never rises. */
    balance(
      features: Tensor,
      centroids: Tensor,
      options: {
        readonly most: number;
        readonly iterations: number;
        readonly seed: number;
        readonly device: string;
        readonly threads: number;
      },
      job: JobOptions,
    ): Promise<Clustering>;
    /** So many different rows of float32 [N, D], drawn by the seed, in their order; a copy. */
    drawRows(
      features: Tensor,
      count: number,
      options: Scratch & { readonly seed: number },
    ): Promise<Tensor>;
    /** What k clusters of float32 [N, D] say that clusters of other rows say again, for each of `splits` splits in
     * halves: in bits above chance, and as a share of what it could be. */
    reproducibleInformation(
      features: Tensor,
      options: Scratch & {
        readonly k: number;
        readonly splits: number;
        readonly iterations: number;
        readonly seed: number;
        readonly engine: "faiss" | "torch";
        readonly device: string;
        readonly threads: number;
      },
      job: JobOptions,
    ): Promise<{ readonly bits: readonly number[]; readonly share: readonly number[] }>;
    /** The means of the rows of each label (int64 [N] below `classes`) as centroids, those of labels without rows left
     * out, and the nearest of them for each row. */
    prototypes(
      features: Tensor,
      labels: Tensor,
      classes: number,
      options: Scratch & {
        readonly engine: "faiss" | "torch";
        readonly device: string;
        readonly threads: number;
      },
    ): Promise<Clustering>;
    /** int64 [N]: the nearest of float32 centroids [K, D] for each row, as `fit` tells it. */
    assign(
      features: Tensor,
      centroids: Tensor,
      options: Scratch & {
        readonly engine: "faiss" | "torch";
        readonly device: string;
        readonly threads: number;
      },
    ): Promise<Tensor>;
  };
  readonly probes: {
    /** The probe of that name in `py/clusterfit/probes` ("logistic", "one-vs-rest") on features
     * standardised by the training rows, and the metric of its scores: one fit for each cost, in the order
     * given. */
    sweep(
      probe: string,
      metric: string,
      train: LabelledFeatures,
      evaluations: readonly LabelledFeatures[],
      options: Scratch & {
        readonly costs: readonly number[];
        /** Labels are below it. */
        readonly classes: number;
        readonly device: string;
        readonly threads: number;
      },
      job: JobOptions,
    ): Promise<readonly ProbeFit[]>;
    /** Softmax regression by SGD on the features as they are, for labels int64 [N] (paper, supplement D): one
     * fit for each learning rate, in the order given, all from the same weights and on the same batches. */
    sgd(
      metric: string,
      train: LabelledFeatures,
      evaluations: readonly LabelledFeatures[],
      options: SgdOptions & {
        readonly learningRates: readonly number[];
        /** Labels are below it. */
        readonly classes: number;
        readonly device: string;
        readonly threads: number;
      },
      job: JobOptions,
    ): Promise<readonly SgdFit[]>;
    /** A linear SVM for each class on rows of norm 1, fitted to all `sets` (paper, supplement D): the cost of each
     * by cross-validation. On the CPU, all rows in memory. */
    svm(
      metric: string,
      sets: readonly LabelledFeatures[],
      evaluations: readonly LabelledFeatures[],
      options: {
        readonly costs: readonly number[];
        /** Parts of the cross-validation. */
        readonly folds: number;
        readonly classes: number;
        readonly threads: number;
      },
      job: JobOptions,
    ): Promise<SvmFit>;
  };
  readonly memberships: {
    /** In float64. `normalise`: whether the rows were l2-normalised before they were clustered. */
    distances(
      features: Tensor,
      centroids: Tensor,
      labels: Tensor,
      options: { readonly normalise: boolean; readonly threads: number },
      job: JobOptions,
    ): Promise<Distances>;
    /** Pairs of rows of one cluster that are at most `within` apart, the closest first. */
    closePairs(
      features: Tensor,
      labels: Tensor,
      distances: Distances,
      options: { readonly within: number; readonly normalise: boolean; readonly threads: number },
    ): Promise<readonly Pair[]>;
  };
  /** A trained network as other programs load it: the trunk and the first head. */
  readonly export: {
    /** safetensors, by the parameter names of the library that `arch` names, where its own network with a
     * classifier answers as this one does. */
    weights(
      network: Network,
      path: string,
      options: ExportOptions & { readonly arch: string },
    ): Promise<WeightsFile>;
    /** What `torch.export.load` reads. Rejects with an EngineError of kind "Disagreement", and without a
     * file, where it does not answer as the network does. */
    program(network: Network, path: string, options: ExportOptions): Promise<void>;
    /** An ONNX graph; rejects likewise, where onnxruntime does not answer so. */
    onnx(network: Network, path: string, options: ExportOptions): Promise<void>;
    /** A module of plain Python whose `load()` gives the network with the weights in the file of that name
     * beside it. */
    script(options: Backbone & { readonly weights: string }): string;
  };
  readonly representations: {
    /** Of float32 [N, D], around their mean: from 1 to D; 0 where all rows are equal. */
    effectiveRank(
      features: Tensor,
      options: { readonly threads: number },
      job: JobOptions,
    ): Promise<number>;
    /** How many of the nearest `neighbours` by cosine two features of the same rows share, percent; on `limit` rows
     * at most, drawn by the seed. */
    neighbourAgreement(
      first: Tensor,
      second: Tensor,
      options: {
        readonly neighbours: number;
        readonly limit: number;
        readonly seed: number;
        readonly threads: number;
      },
      job: JobOptions,
    ): Promise<number>;
  };
  readonly metrics: {
    /** The metric ("top-1", "mAP") in percent on the labels `test` of one answer for all rows: each class
     * scored by its frequency among the labels `train`, of equals the first to occur there. */
    baseline(
      metric: string,
      train: Tensor,
      test: Tensor,
      classes: number,
    ): Promise<number>;
  };
}
