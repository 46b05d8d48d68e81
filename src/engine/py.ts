/**
 * The types of Python modules, from their annotations.
 *
 * Made by this command; change the Python and run it again, instead of editing this:
 *
 *     deno task stubs
 */
// deno-lint-ignore-file
import type { py } from "clusterfit/python";

// --- clusterfit.devices

/** The NVIDIA devices: the first one's name, how many, and the first one's memory in bytes. */
export type Cuda = py.TypedDict<{
  name: string;
  count: number;
  memory: number;
}>;

/** What `describe` found. */
export type Description = py.TypedDict<{
  versions: py.Dict<string, string>;
  threads: number;
  bf16: boolean;
  cuda: Cuda | null;
  faiss_gpu: boolean;
}>;

/** What this machine offers, and how many threads a call may use. */
export interface Devices extends py.Module<"clusterfit.devices"> {
  /**
   * Describe the interpreter, its libraries and the hardware.
   *
   * `threads` counts the CPUs this process may run on. `bf16` says whether PyTorch computes
   * bfloat16 products in the CPU's hardware: the CPU has AVX-512 BF16 or AMX, and oneDNN may use it
   * (ONEDNN_MAX_CPU_ISA=AVX2 forbids it). `faiss_gpu` says whether this build of FAISS sees a GPU.
   */
  describe: py.Callable<{ returns: Description }>;
  /**
   * Let PyTorch and FAISS use `count` threads for what the calling thread does.
   *
   * The count belongs to the calling thread (an OpenMP control variable), so several jobs on
   * threads of one process each keep their own. PyTorch copies its process-wide count on a
   * thread's first parallel work, which would undo ours: asking for the count first gets that
   * copy over with.
   *
   * Raises:
   *     InputError: `count` is below 1.
   */
  threads: py.Callable<
    { order: ["count"]; params: { count: number }; returns: py.ContextManager<null> }
  >;
}

// --- clusterfit.features

/** Features of images at named stages of a network. */
export interface Features extends py.Module<"clusterfit.features"> {
  STAGES: py.Tuple<string[]>;
  /**
   * Compute float32 N x D features of uint8 N x H x W x 3 images, on the CPU.
   *
   * `layers` maps stages (conv1, res2 to res5) to the most numbers a feature may have there, or to
   * None for the global average (the penultimate layer, at res5). A stage of C channels is
   * averaged to the largest s x s grid with C * s * s within that budget (section 4 of the paper
   * takes about 9,000 numbers from each layer). The network is used in evaluation mode, without
   * augmentation. `progress(done, total)` counts images.
   *
   * Raises:
   *     InputError: an unknown stage, or a budget below its number of channels.
   */
  extract: py.Callable<
    {
      order: ["net", "images", "layers"];
      params: {
        net: Net;
        images: py.Tensor;
        layers: py.Mapping<string, number | null>;
        batch_size: number;
        precision: "float32" | "bfloat16";
        device: string;
        threads: number;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: py.Dict<string, py.Tensor>;
    }
  >;
  /**
   * Average-pool to B x (C * s * s), with the largest s that fits `budget`; None means s = 1.
   *
   * Raises:
   *     InputError: the budget is below C.
   */
  pool: py.Callable<
    {
      order: ["outputs_BCHW", "budget"];
      params: { outputs_BCHW: py.Tensor; budget: number | null };
      returns: py.Tensor;
    }
  >;
  /**
   * Return x / (||x||_2 + 1e-5) for each float32 row x, as the paper's appendix D states.
   *
   * Computed in float64 and rounded once: the square of a float32 may not fit into float32.
   */
  l2_normalise: py.Callable<
    { order: ["features_ND"]; params: { features_ND: py.Tensor }; returns: py.Tensor }
  >;
  /** Raise NonFiniteFeatures, saying that `attempt` is impossible, unless all are finite. */
  check_finite: py.Callable<
    {
      order: ["features_ND", "attempt"];
      params: { features_ND: py.Tensor; attempt: string };
      returns: null;
    }
  >;
}

// --- clusterfit.kmeans

/**
 * What `fit` found.
 *
 * centroids: float32 K x D, in the coordinates of the rows. labels: int64 N, the nearest of these
 * centroids for each row, in float64; of equals the first. sizes: int64 K. empty: how many
 * clusters have no row. distinct: how many rows equal no earlier one; where they are fewer than K,
 * clusters stay empty. objective: the float64 sum over all rows of the squared distance to their
 * centroid. objectives: that sum before each iteration; it ends early where the centroids stopped
 * moving.
 */
export type Clustering = py.TypedDict<{
  centroids: py.Tensor;
  labels: py.Tensor;
  sizes: py.Tensor;
  empty: number;
  distinct: number;
  objective: number;
  objectives: py.List<number>;
}>;

/**
 * Euclidean k-means: Lloyd's algorithm on every row, with the labels and sums of float64.
 *
 * Shape suffixes: N rows, D dimensions, K clusters, E empty ones, T rows of a tile. The engines FAISS
 * and PyTorch differ only in how they find nearest centroids, which is where the time goes, and not in
 * what they find: `nearest` proves that. The steps are those of faiss.Clustering: start from random
 * rows, move to the means, start empty clusters again. What faiss.Kmeans does silently is left out: to
 * sample 256 rows for each cluster, to sum the objective in float32, and to stop when that sum stands
 * still.
 *
 * An empty cluster starts again at a row drawn in proportion to its squared distance from its
 * centroid, as k-means++ draws its starts (Arthur and Vassilvitskii, SODA 2007). FAISS splits another
 * cluster instead, by factors 1 +- 1/1024 of its centroid: that changes with the origin, has no effect
 * at 0 and goes on for ever where all rows of the cluster are equal.
 */
export interface Kmeans extends py.Module<"clusterfit.kmeans"> {
  /**
   * Cluster float32 N x D rows into `k` clusters.
   *
   * Starts from `init_centroids` (float32 K x D), or from k different rows drawn by `seed`. The
   * means are summed in float64 and rounded to float32 each time: what is compared, returned and
   * summed up in the objective are those rounded centroids, so that all of the result fits together.
   * `progress(done, iterations, objective)` is called after each iteration.
   *
   * Raises:
   *     InputError: k is below 2 or above N, or the tensors do not fit.
   *     NonFiniteFeatures: a feature or a centroid is NaN or infinite.
   */
  fit: py.Callable<
    {
      order: ["features", "k"];
      params: {
        features: py.Tensor;
        k: number;
        iterations: number;
        seed: number;
        engine: "faiss" | "torch";
        device: string;
        threads: number;
        init_centroids?: py.Tensor | null;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: Clustering;
    }
  >;
  /**
   * Return int64 N: of float32 K x D centroids the nearest to each float32 row, in float64.
   *
   * Of equally near centroids it is the first.
   *
   * Raises:
   *     InputError: there are fewer than 2 centroids or more than rows, or the tensors do not fit.
   *     NonFiniteFeatures: a feature or a centroid is NaN or infinite.
   */
  assign: py.Callable<
    {
      order: ["features", "centroids"];
      params: {
        features: py.Tensor;
        centroids: py.Tensor;
        engine: "faiss" | "torch";
        device: string;
        threads: number;
      };
      returns: py.Tensor;
    }
  >;
  /** Return the float64 N squared distances of float32 rows to the centroids of their labels. */
  squared_distances: py.Callable<
    {
      order: ["rows_ND", "centroids_KD", "labels_N"];
      params: { rows_ND: py.Tensor; centroids_KD: py.Tensor; labels_N: py.Tensor };
      returns: py.Tensor;
    }
  >;
  /**
   * Return the float32 K x D means of the clusters; empty ones start again at rows drawn.
   *
   * A row is drawn with a probability in proportion to `distances_N`, its squared distance from its
   * centroid, and no row twice. Where fewer rows are away from their centroid than clusters are
   * empty, the other empty ones stay where they are.
   */
  move: py.Callable<
    {
      order: ["rows_ND", "centroids_KD", "labels_N", "distances_N", "draws"];
      params: {
        rows_ND: py.Tensor;
        centroids_KD: py.Tensor;
        labels_N: py.Tensor;
        distances_N: py.Tensor;
        draws: py.External<"torch.Generator">;
      };
      returns: py.Tensor;
    }
  >;
}

// --- clusterfit.memory

/** How the C library's allocator treats what tensors free. */
export interface Memory extends py.Module<"clusterfit.memory"> {
  /**
   * Let malloc keep freed memory for the next tensor, in the whole process.
   *
   * By default glibc hands blocks of a few megabytes back to the kernel again and again, which
   * zeroes them page by page the next time. How often depends on the thread and on what was
   * allocated before, so that the same work takes up to a few percent longer on one thread than on
   * another. Returns False where the C library has no `mallopt` (macOS, Windows) or refuses.
   */
  keep_freed: py.Callable<{ returns: boolean }>;
}

// --- clusterfit.nets

export type Net = py.External<
  "torchvision.models.resnet.ResNet",
  "torch.nn.modules.module.Module" | "Callable"
>;

/**
 * A strided 1x1 convolution, computed by one of stride 1 on the pixels that it reads.
 *
 * Outputs and gradients are those of nn.Conv2d, in channels-last memory too. There oneDNN 3.12
 * (PyTorch 2.13) computes the weights' gradient of a strided one in a scratchpad that is too
 * small, and writes past its end, where the inputs have fewer channels than a block of its
 * kernel (https://github.com/uxlfoundation/oneDNN/issues/6035): with AVX2 2 to 7 channels in
 * float32, with AVX-512 2 to 15 on larger images (56 pixels in float32, 80 in bfloat16).
 * test_onednn.py fails as soon as that is mended.
 */
export interface SubsampledConv2d extends
  py.Instance<
    "clusterfit.nets.SubsampledConv2d",
    {
      bases: "torch.nn.modules.conv.Conv2d" | "torch.nn.modules.module.Module" | "Callable";
      open: true;
      call: py.Anything;
    }
  > {
  forward: py.Callable<{ order: ["input"]; params: { input: py.Tensor }; returns: py.Tensor }>;
}

/**
 * A ResNet for small images: a 3x3 stem of stride 2, no max-pooling, `width` channels in res2.
 *
 * Every later stage doubles the channels and halves the side, as in torchvision.
 */
export interface SmallResNet extends
  py.Instance<
    "clusterfit.nets.SmallResNet",
    {
      bases: "torchvision.models.resnet.ResNet" | "torch.nn.modules.module.Module" | "Callable";
      open: true;
      call: py.Anything;
    }
  > {
}

/**
 * Residual networks whose weights depend on a seed only, with torchvision's parameter names.
 *
 * Stages have the paper's names: conv1 (the stem), res2 to res5 (torchvision's layer1 to layer4).
 */
export interface Nets extends py.Module<"clusterfit.nets"> {
  Net: py.ExternalClass<
    "torchvision.models.resnet.ResNet",
    "torch.nn.modules.module.Module" | "Callable"
  >;
  ARCHITECTURES: py.Tuple<string[]>;
  SubsampledConv2d: py.Class<
    SubsampledConv2d,
    {
      order: [
        "in_channels",
        "out_channels",
        "kernel_size",
        "stride",
        "padding",
        "dilation",
        "groups",
        "bias",
        "padding_mode",
        "device",
        "dtype",
      ];
      params: {
        in_channels: number;
        out_channels: number;
        kernel_size: number | py.Tuple<[number, number]>;
        stride?: number | py.Tuple<[number, number]>;
        padding?: string | number | py.Tuple<[number, number]>;
        dilation?: number | py.Tuple<[number, number]>;
        groups?: number;
        bias?: boolean;
        padding_mode?: "zeros" | "reflect" | "replicate" | "circular";
        device?: unknown;
        dtype?: unknown;
      };
    }
  >;
  SmallResNet: py.Class<
    SmallResNet,
    {
      order: ["depths", "num_classes", "width"];
      params: {
        depths: py.Tuple<[number, number, number, number]>;
        num_classes: number;
        width: number;
      };
    }
  >;
  /**
   * Build a network on the CPU, its weights drawn as torchvision draws them, from `seed`.
   *
   * Convolutions: normal, He fan-out; batch norms: 1 and 0; the classifier: PyTorch's uniform
   * default. `width` is the number of channels in res2: 16 in the small networks unless given, 64
   * in torchvision's own and nothing else.
   *
   * Raises:
   *     InputError: unknown `arch`, fewer than 2 classes, or an impossible `width`.
   */
  build: py.Callable<
    {
      order: ["arch", "num_classes"];
      params: { arch: string; num_classes: number; seed: number; width?: number | null };
      returns: Net;
    }
  >;
  /**
   * Load a network from the safetensors file that `state` was saved to.
   *
   * The number of classes is read from the file.
   *
   * Raises:
   *     FileError: the file is not whole, or holds another network.
   */
  load: py.Callable<
    {
      order: ["arch", "path"];
      params: { arch: string; path: string; width?: number | null };
      returns: Net;
    }
  >;
  /** Return a copy of the weights and batch-norm statistics, on the CPU, contiguous. */
  state: py.Callable<{ order: ["net"]; params: { net: Net }; returns: py.Dict<string, py.Tensor> }>;
  /** Run the trunk, stage by stage: the name and the N x C x H x W output of each in turn. */
  stages: py.Callable<
    {
      order: ["net", "images"];
      params: { net: Net; images: py.Tensor };
      returns: py.Iterator<py.Tuple<[string, py.Tensor]>>;
    }
  >;
  /**
   * Return Python lines that compute logits with the network at `path`, without this package.
   *
   * They need `pixels`, uint8 N x H x W x 3. The small networks differ from torchvision's in the
   * stem and the sizes of the weights only. Where torchvision was built for another PyTorch, as
   * PyPI's is beside a CPU build, its first import fails: see _torchvision.py.
   */
  snippet: py.Callable<
    {
      order: ["arch", "num_classes"];
      params: { arch: string; num_classes: number; path: string; width?: number | null };
      returns: string;
    }
  >;
}

// --- clusterfit.probes

/**
 * A linear classifier of features as they are, for the C classes it was fitted to.
 *
 * weights: float64 D x C. bias: float64 C. classes: int64 C, the labels they stand for. float32
 * would not do: where features share a large offset, x.w and the bias nearly cancel.
 */
export type Probe = py.TypedDict<{
  weights: py.Tensor;
  bias: py.Tensor;
  classes: py.Tensor;
}>;

/**
 * What `logistic` found.
 *
 * probe: the classifier. loss: what was minimised, at the end. evaluations: how often it and
 * its gradient were computed. converged: whether the gradient came within the tolerance.
 * predictions: for each of the other feature sets, int64 labels; correct: how many are right.
 */
export type Fit = py.TypedDict<{
  probe: Probe;
  loss: number;
  evaluations: number;
  converged: boolean;
  predictions: py.List<py.Tensor>;
  correct: py.List<number>;
}>;

/** How one probe of `sweep` did, in the words of `Fit`. */
export type Outcome = py.TypedDict<{
  correct: py.List<number>;
  evaluations: number;
  converged: boolean;
}>;

/**
 * Linear probes: multinomial logistic regression on standardised features.
 *
 * Shape suffixes: N rows, D features, C classes.
 */
export interface Probes extends py.Module<"clusterfit.probes"> {
  /**
   * Fit a probe to float32 N x D features and int64 N labels, and classify other features.
   *
   * Minimises cost * (sum of cross-entropies) + ||W||^2 / 2, the bias left free, over features of
   * mean 0 and standard deviation 1: scikit-learn's LogisticRegression(C=cost) after
   * StandardScaler. L-BFGS stops where the largest gradient (in the coordinates of `_metric`) is
   * `tolerance` times the one at zero, or after `max_iterations`.
   *
   * Args:
   *     features: rows to fit.
   *     labels: their classes; only those that occur are fitted and predicted.
   *     others: pairs of features and labels to classify; a label may be one that does not occur.
   *     cost: inverse strength of the penalty.
   *     device: as PyTorch names it.
   *     threads: CPU threads.
   *     tolerance: relative to the gradient at zero; float32 reaches 1e-4 on some CPUs, not on all.
   *     max_iterations: of L-BFGS.
   *     progress: called as progress(evaluations, max_iterations, loss).
   *
   * Raises:
   *     InputError: the labels do not fit the features.
   *     NonFiniteFeatures: a feature is NaN or infinite.
   */
  logistic: py.Callable<
    {
      order: ["features", "labels", "others"];
      params: {
        features: py.Tensor;
        labels: py.Tensor;
        others: py.Sequence<py.Tuple<[py.Tensor, py.Tensor]>>;
        cost: number;
        device: string;
        threads: number;
        tolerance?: number;
        max_iterations?: number;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: Fit;
    }
  >;
  /**
   * Fit one probe for each cost, and tell how each did, in the order of `costs`.
   *
   * The arguments are those of `logistic`. `progress(done, total)` counts costs.
   */
  sweep: py.Callable<
    {
      order: ["features", "labels", "others"];
      params: {
        features: py.Tensor;
        labels: py.Tensor;
        others: py.Sequence<py.Tuple<[py.Tensor, py.Tensor]>>;
        costs: py.Sequence<number>;
        device: string;
        threads: number;
        max_iterations?: number;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: py.List<Outcome>;
    }
  >;
  /** Return the int64 N most probable labels of float32 N x D features. */
  predict: py.Callable<
    {
      order: ["probe", "features"];
      params: { probe: Probe; features: py.Tensor };
      returns: py.Tensor;
    }
  >;
}

// --- clusterfit.tensors

export type Array = py.NDArray;

/** Named tensors in a file: safetensors, never pickles. */
export interface Tensors extends py.Module<"clusterfit.tensors"> {
  /**
   * Write `tensors` to `path`, whole or not at all; the same input gives the same bytes.
   *
   * The bytes go to a temporary file beside `path`, are flushed to the disk and take the place of
   * `path` in one step. `metadata` (anything JSON can hold) becomes the header's one entry
   * "clusterfit": safetensors writes several entries in random order.
   *
   * Raises:
   *     FileError: the file cannot be written.
   */
  save: py.Callable<
    {
      order: ["path", "tensors", "metadata"];
      params: {
        path: string;
        tensors: py.Mapping<string, py.Tensor | py.NDArray>;
        metadata?: py.Mapping<string, unknown> | null;
      };
      returns: null;
    }
  >;
  /**
   * Read every tensor of a safetensors file. The bytes stay in the file until they are used.
   *
   * Raises:
   *     FileError: there is no such file, or it is not whole.
   */
  load: py.Callable<
    { order: ["path"]; params: { path: string }; returns: py.Dict<string, py.Tensor> }
  >;
  /** Return `array` as a tensor that shares its memory, or a copy where `dtype` differs. */
  tensor: py.Callable<
    {
      order: ["array", "dtype"];
      params: { array: py.NDArray; dtype?: string | null };
      returns: py.Tensor;
    }
  >;
  /** Return a copy of the given rows, in the given order. */
  take: py.Callable<
    {
      order: ["values", "rows"];
      params: { values: py.Tensor; rows: py.NDArray };
      returns: py.Tensor;
    }
  >;
}

// --- clusterfit.training

export type Precision = "float32" | "bfloat16";

export type Task = "classify" | "rotate";

export type Rotations = "one" | "all";

export type Progress = py.Callable<py.Anything<null>>;

/** Means over the images of one `run`: cross-entropy in nats, share correct, and how many. */
export type Summary = py.TypedDict<{
  loss: number;
  accuracy: number;
  images: number;
}>;

/**
 * A network, its optimiser and its place in the data.
 *
 * The place is one number, `step`: epoch e is the permutation drawn from (seed, e), cut into
 * `steps_per_epoch` batches (the incomplete last one is left out), and step s augments with
 * draws from (seed, s). So a trainer that was saved and loaded goes on exactly as one that was
 * not, and the batches do not depend on the device, the precision or the threads.
 */
export interface Trainer extends py.Instance<"clusterfit.training.Trainer"> {
  /** How many steps were trained so far. */
  readonly step: number;
  /** How many whole batches there are in the images. */
  readonly steps_per_epoch: number;
  /**
   * Train one step for each learning rate.
   *
   * `progress(done, total, loss)` is called every few steps with the latest batch's loss.
   *
   * Raises:
   *     NonFiniteLoss: the loss or a weight became NaN or infinite. The trainer is of no
   *         further use; what was saved before is good.
   */
  run: py.Callable<
    {
      order: ["learning_rates", "progress"];
      params: {
        learning_rates: py.Sequence<number>;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: Summary;
    }
  >;
  /** Write a checkpoint: weights, batch-norm statistics, momentum and step. */
  save: py.Callable<{ order: ["path"]; params: { path: string }; returns: null }>;
  /**
   * Go on from a checkpoint of a trainer that was made with the same arguments.
   *
   * Raises:
   *     FileError: the file is not whole, or belongs to another network or optimiser.
   */
  load: py.Callable<{ order: ["path"]; params: { path: string }; returns: null }>;
  /** Write the network alone, for `nets.load`. */
  save_network: py.Callable<{ order: ["path"]; params: { path: string }; returns: null }>;
  /** Return the float B x 3 x H x W images and int64 B labels of the next step. */
  batch: py.Callable<{ returns: py.Tuple<[py.Tensor, py.Tensor]> }>;
}

/** Stochastic gradient descent on images held in memory, resumable at any step bit for bit. */
export interface Training extends py.Module<"clusterfit.training"> {
  Trainer: py.Class<
    Trainer,
    {
      order: ["net", "images", "labels"];
      params: {
        net: Net;
        images: py.Tensor;
        labels: py.Tensor | null;
        task: "classify" | "rotate";
        batch_size: number;
        momentum: number;
        weight_decay: number;
        nesterov: boolean;
        label_smoothing: number;
        augmentation: py.Mapping<string, number | boolean>;
        precision: "float32" | "bfloat16";
        device: string;
        seed: number;
        threads: number;
        rotations?: "one" | "all";
      };
    }
  >;
}

// --- clusterfit.versions

/** Versions of Python and of the packages that results depend on, without importing them. */
export interface Versions extends py.Module<"clusterfit.versions"> {
  /** Return the version of Python and of each package that is there, in a fixed order. */
  installed: py.Callable<{ returns: py.Dict<string, string> }>;
}
