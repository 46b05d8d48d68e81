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

/** A JS typed array on its way to Python, row-major; it is not copied. */
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

/** A network held by Python. */
export type Network = Disposable;

export interface Description {
  readonly versions: Readonly<Record<string, string>>;
  /** CPUs this process may run on. */
  readonly threads: number;
  /** Whether the CPU multiplies bfloat16 in hardware. */
  readonly bf16: boolean;
  readonly cuda: { readonly name: string; readonly count: number; readonly memory: number } | null;
  readonly faissGpu: boolean;
}

/** Where and how a long call computes. */
export interface Placement {
  readonly device: string;
  readonly precision: "float32" | "bfloat16";
  readonly threads: number;
}

export interface TrainerOptions extends Placement {
  readonly task: "classify" | "rotate";
  readonly batchSize: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
  readonly labelSmoothing: number;
  readonly augment: Readonly<Record<string, number | boolean>>;
  readonly seed: number;
}

/** Training under way. Its place is the global step alone: batch order and augmentation are drawn from
 * (seed, epoch) and (seed, step), so a loaded checkpoint goes on bit for bit. */
export interface Trainer extends Disposable {
  readonly stepsPerEpoch: number;
  readonly step: number;
  /** One SGD step per learning rate. `loss` is the mean over the images, `accuracy` a fraction. Rejects
   * with an EngineError of kind "NonFiniteLoss" where the loss or a weight turns NaN or infinite. */
  run(
    learningRates: readonly number[],
    job: JobOptions,
  ): Promise<{ readonly loss: number; readonly accuracy: number; readonly images: number }>;
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
}

/** How one probe of a sweep did. */
export interface ProbeFit {
  /** Correct answers on each evaluation set, in the order given. */
  readonly correct: readonly number[];
  /** How often the loss was computed. */
  readonly evaluations: number;
  /** Whether the gradient came within the tolerance; else the fit stopped at its limit. */
  readonly converged: boolean;
}

/** Features float32 [N, D] and labels int64 [N]. */
export interface LabelledFeatures {
  readonly features: Tensor;
  readonly labels: Tensor;
}

export interface Engine {
  readonly devices: { describe(): Promise<Description> };
  readonly tensors: {
    load(path: string): Promise<TensorFile>;
    /** Whole or not at all; the same input gives the same bytes. */
    save(path: string, tensors: Readonly<Record<string, Tensor | HostArray>>): Promise<void>;
    /** A copy of the elements of a uint8, int64 (as numbers) or float32 tensor, row-major. */
    toArray(tensor: Tensor): Uint8Array | Float32Array | Float64Array;
    /** Rows of a tensor, in the order of `rows`. */
    take(tensor: Tensor, rows: readonly number[]): Tensor;
  };
  readonly nets: {
    build(
      options: { arch: string; classes: number; width: number; seed: number },
    ): Promise<Network>;
    load(path: string, options: { arch: string; width: number }): Promise<Network>;
    /** Lines of plain Python that load the network at `path`. */
    snippet(options: { arch: string; classes: number; width: number; path: string }): string;
  };
  readonly training: {
    /** `images` uint8 [N, H, W, 3]; `labels` int64 [N], or null for the task "rotate". */
    trainer(
      network: Network,
      images: Tensor,
      labels: Tensor | null,
      options: TrainerOptions,
    ): Promise<Trainer>;
  };
  readonly features: {
    /** float32 [N, D] per layer, eval mode. `null` pools to one value per channel; a number pools to
     * the largest s x s with channels * s * s within it. */
    extract(
      network: Network,
      images: Tensor,
      layers: Readonly<Record<string, number | null>>,
      options: Placement & { readonly batchSize: number },
      job: JobOptions,
    ): Promise<TensorFile>;
    /** x / (||x||_2 + 1e-5), row by row (paper, supplement D). */
    l2Normalise(features: Tensor): Promise<Tensor>;
  };
  readonly kmeans: {
    /** Lloyd's k-means on all rows of float32 [N, D]. */
    fit(
      features: Tensor,
      options: {
        readonly k: number;
        readonly iterations: number;
        readonly seed: number;
        readonly engine: "faiss" | "torch";
        readonly device: string;
        readonly threads: number;
      },
      job: JobOptions,
    ): Promise<Clustering>;
  };
  readonly probes: {
    /** Multinomial logistic regression on features standardised by the training rows: one fit for each
     * cost, in the order given. */
    sweep(
      train: LabelledFeatures,
      evaluations: readonly LabelledFeatures[],
      options: {
        readonly costs: readonly number[];
        readonly device: string;
        readonly threads: number;
      },
      job: JobOptions,
    ): Promise<readonly ProbeFit[]>;
  };
}
