/**
 * The types of Python modules, from their annotations.
 *
 * Made by this command; change the Python and run it again, instead of editing this:
 *
 *     deno task stubs
 */
// deno-lint-ignore-file
import type { py } from "../python/mod.ts";

// --- clusterfit.containers

/**
 * Where the pictures of N rows are.
 *
 * offsets: int64 N: of a picture's first byte in the file, or -1 where none is embedded.
 * lengths: int64 N: of an embedded picture, in bytes.
 * paths: what each row says of the picture's own file.
 * labels: cells of the label column, or None where none was asked for.
 */
export type ArrowImages = py.TypedDict<{
  offsets: py.Tensor;
  lengths: py.Tensor;
  paths: py.List<string | null>;
  labels: py.List<number | string | py.List<number> | py.List<string> | null> | null;
}>;

/** images: uint8 N x 32 x 32 x 3, black on white. labels: int64 N, from 0 to 9. */
export type Digits = py.TypedDict<{
  images: py.Tensor;
  labels: py.Tensor;
}>;

/**
 * Files that hold many pictures: Arrow files of saved data sets, videos, scikit-learn's digits.
 *
 * Importing this package imports none of the packages that read them: those of the first two are
 * extras.
 */
export interface Containers extends py.Module<"clusterfit.containers"> {
  /**
   * Find the pictures in the Arrow stream `path`: column `image`, of structs {bytes, path}.
   *
   * Raises:
   *     FileError: the file is no Arrow stream, or cut off.
   *     InputError: it has no such columns, or its batches are compressed. pyarrow is missing.
   */
  arrow_images: py.Callable<
    {
      order: ["path", "image", "label"];
      params: { path: string; image: string; label: string | null };
      returns: ArrowImages;
    }
  >;
  /**
   * Return the 1,797 digits, enlarged from 8 x 8 by bilinear interpolation.
   *
   * It is done in whole numbers: the pixels are the same on every machine.
   */
  digits: py.Callable<{ returns: Digits }>;
  /**
   * Return the length of each video in seconds, or None where it cannot be read.
   *
   * Raises:
   *     InputError: PyAV is missing.
   */
  video_durations: py.Callable<
    {
      order: ["paths", "progress"];
      params: { paths: py.List<string>; progress?: py.Callable<py.Anything<null>> | null };
      returns: py.List<number | null>;
    }
  >;
  /**
   * Return the frame shown at `second`, counted from the first frame: uint8 H x W x 3, upright.
   *
   * It is the last frame that begins then or before; behind the end it is the last one. A thread
   * keeps the video open that it read last: seconds that rise are read on from where it is, which
   * gives the same frames.
   *
   * Raises:
   *     FileError: the file is no video that can be decoded, or has no frame.
   *     InputError: PyAV is missing.
   */
  video_frame: py.Callable<
    {
      order: ["path", "second"];
      params: { path: string; second: number };
      returns: py.NDArray<"uint8">;
    }
  >;
}

// --- clusterfit.data

/**
 * What may happen to a training image; nothing, unless said.
 *
 * crop: the part of an image that the source reads, which draws it.
 * shift: largest move along each axis in pixels; the border is repeated into the gap.
 * flip: whether half of the images are mirrored left to right.
 * invert: the fraction of the images whose pixels become 255 - pixel.
 * colour: each channel is scaled by 1 +- colour and moved by 127.5 * (+- colour), uniformly.
 * colour_jitter, blur: see there.
 * grey: the fraction of the images that lose their colours.
 */
export interface Augmentation extends
  py.NamedTuple<
    "clusterfit.data.augmentation.Augmentation",
    [Crop | null, number, boolean, number, number, ColourJitter | null, number, Blur | null],
    "Sequence" | "Collection" | "Iterable"
  > {
  readonly crop: Crop | null;
  readonly shift: number;
  readonly flip: boolean;
  readonly invert: number;
  readonly colour: number;
  readonly colour_jitter: ColourJitter | null;
  readonly grey: number;
  readonly blur: Blur | null;
}

/** One that cannot: why. */
export type Bad = py.TypedDict<{
  reason: string;
}>;

/**
 * Rows that each network of an objective reads through its own view.
 *
 * rows_B: int64 rows of the source, on the device. label_smoothing: of the step's cross-entropies,
 * as in torch.nn.functional.cross_entropy. Nothing is read before it is asked for.
 */
export interface Batch extends py.Instance<"clusterfit.data.batch.Batch"> {
  /** Begin to read the images through these views, in `pool`. */
  read: py.Callable<
    {
      order: ["pool", "views"];
      params: { pool: py.External<"concurrent.futures.Executor">; views: py.Sequence<View> };
      returns: null;
    }
  >;
  /**
   * Return uint8 images through the view of the trained network, not augmented.
   *
   * They are B x H x W x 3, of clips B x F x H x W x 3.
   */
  images: py.Callable<{ returns: py.Tensor }>;
  /**
   * Return them augmented and normalised, B x 3 x ...: the same draws at every call.
   *
   * `scale` is their size over that of the trained network's images: shifts grow with it.
   * `view`: of the network that reads them, where it is another one.
   */
  augment: py.Callable<
    {
      order: ["images", "scale", "view"];
      params: { images: py.Tensor; scale?: number; view?: View | null };
      returns: py.Tensor;
    }
  >;
  /** What the trained network reads: float B x 3 x H x W, of clips B x 3 x F x H x W. */
  pixels: py.Tensor;
  /**
   * Return what a network with that view reads: the same rows, augmented by the same draws.
   *
   * A teacher then answers for the very image that its student sees (Beyer et al., Knowledge
   * distillation: a good teacher is patient and consistent, CVPR 2022).
   */
  pixels_through: py.Callable<{ order: ["view"]; params: { view: View }; returns: py.Tensor }>;
}

/**
 * What came of some pieces, in their order.
 *
 * bytes, sha256: of the pixels that were written.
 */
export type Block = py.TypedDict<{
  bytes: number;
  sha256: string;
  pictures: py.List<Picture | Bad>;
}>;

/**
 * How an image may be blurred.
 *
 * probability: that it is. sigma: the standard deviation, uniform between the two, in pixels.
 */
export interface Blur extends
  py.NamedTuple<
    "clusterfit.data.blur.Blur",
    [number, py.Tuple<[number, number]>],
    "Sequence" | "Collection" | "Iterable"
  > {
  readonly probability: number;
  readonly sigma: py.Tuple<[number, number]>;
}

/** A uint8 tensor N x T x H x W x 3. */
export interface Clips extends py.Instance<"clusterfit.data.clips.Clips"> {
  /** How many rows there are. */
  readonly rows: number;
  /**
   * Return uint8 (B * V) x F x H x W x 3, on the device of `rows_B`; see `Source.batch`.
   *
   * A clip is F frames that follow each other; `clip_starts` says which.
   *
   * Raises:
   *     InputError: the view is of stills, or has more frames than a row, or asks for regions or
   *         for the preprocessing of another network.
   */
  batch: py.Callable<
    {
      order: ["rows_B", "view", "draws", "crop"];
      params: {
        rows_B: py.Tensor;
        view: View;
        draws: py.Callable<{ only: [string]; returns: py.External<"torch.Generator"> }> | null;
        crop?: Crop | null;
      };
      returns: py.Tensor;
    }
  >;
}

/**
 * What may happen to the colours of an image, in random order.
 *
 * probability: that it happens to an image at all. brightness, contrast, saturation: they are
 * multiplied by a factor of 1 +- that. hue: it is turned by +- that part of a whole turn, at most
 * 1/2.
 */
export interface ColourJitter extends
  py.NamedTuple<
    "clusterfit.data.colours.ColourJitter",
    [number, number, number, number, number],
    "Sequence" | "Collection" | "Iterable"
  > {
  readonly probability: number;
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  readonly hue: number;
}

/**
 * A region of each image that is drawn anew at every step and resized to the view.
 *
 * scale: least and largest share of the image's area.
 * ratio: least and largest width over height.
 * anywhere: where no such region fits into an image, the largest one that has such a ratio lies
 *     anywhere, not in the centre. With scale and ratio 1 that is the largest square, anywhere.
 */
export interface Crop extends
  py.NamedTuple<
    "clusterfit.data.source.Crop",
    [py.Tuple<[number, number]>, py.Tuple<[number, number]>, boolean],
    "Sequence" | "Collection" | "Iterable"
  > {
  readonly scale: py.Tuple<[number, number]>;
  readonly ratio: py.Tuple<[number, number]>;
  readonly anywhere: boolean;
}

export type Draws = py.Callable<{ only: [string]; returns: py.External<"torch.Generator"> }>;

/** The file of pixels that `index` writes. Its pages are the system's, not this process's. */
export interface MappedPixels extends
  py.Instance<
    "clusterfit.data.pixels.MappedPixels",
    { bases: "clusterfit.data.stills.Stills"; open: true }
  > {
}

/** A uint8 tensor N x H x W x 3. */
export interface Packed extends py.Instance<"clusterfit.data.packed.Packed"> {
  /** How many images there are. */
  readonly rows: number;
  /**
   * Return uint8 B x H x W x 3, on the device of `rows_B`; see `Source.batch`.
   *
   * Images as they are stored, and square ones that are only resized, are taken on that device:
   * where it is another one, the whole tensor is copied there once and kept. Anything else is
   * made one by one on the CPU, by Pillow.
   *
   * Raises:
   *     InputError: the view has clips or frames.
   */
  batch: py.Callable<
    {
      order: ["rows_B", "view", "draws", "crop"];
      params: {
        rows_B: py.Tensor;
        view: View;
        draws: py.Callable<{ only: [string]; returns: py.External<"torch.Generator"> }> | null;
        crop?: Crop | null;
      };
      returns: py.Tensor;
    }
  >;
}

/**
 * A picture that can be used.
 *
 * sha256: of its bytes, hex. width, height: of the whole picture. stored_width, stored_height: as
 * it is read. note: what was done that may surprise; empty where nothing was.
 */
export type Picture = py.TypedDict<{
  sha256: string;
  bytes: number;
  format: string;
  width: number;
  height: number;
  stored_width: number;
  stored_height: number;
  note: string;
}>;

/** Pictures in files, or in pieces of larger ones, by their places and hashes. */
export interface PictureFiles extends
  py.Instance<
    "clusterfit.data.files.PictureFiles",
    { bases: "clusterfit.data.stills.Stills"; open: true }
  > {
}

/**
 * A file, or `bytes` bytes of it from `offset` on.
 *
 * seconds: of a frame of a video; None for stills.
 */
export type Piece = py.TypedDict<{
  file: string;
  offset: number | null;
  bytes: number | null;
  seconds: number | null;
}>;

/**
 * How images become what a network was trained on.
 *
 * resize: the shorter side is resized to it, in pixels; then the centre is cut out.
 * interpolation: with which it is resized.
 * mean, std: of the red, green and blue of pixels from 0 to 1, as (pixel - mean) / std.
 */
export interface Preprocessing extends
  py.NamedTuple<
    "clusterfit.data.view.Preprocessing",
    [
      number,
      "bilinear" | "bicubic" | "lanczos",
      py.Tuple<[number, number, number]>,
      py.Tuple<[number, number, number]>,
    ],
    "Sequence" | "Collection" | "Iterable"
  > {
  readonly resize: number;
  readonly interpolation: "bilinear" | "bicubic" | "lanczos";
  readonly mean: py.Tuple<[number, number, number]>;
  readonly std: py.Tuple<[number, number, number]>;
}

/** Rows of images, read a batch at a time. */
export interface Source extends py.Protocol {
  /** How many rows there are. */
  readonly rows: number;
  /**
   * Return the uint8 images of int64 rows, on the device of `rows_B`.
   *
   * Of V clips they are (B * V) x H x W x 3, the clips of a row one after the other; with
   * frames (B * V) x F x H x W x 3. What the source chooses at random for training (the place
   * of a clip in a video) it draws from `draws`; without draws it always chooses the same.
   * With `crop` the regions are drawn from `draws("crop")`, the same for every view of a row;
   * without, the centre is cut out, or the whole is taken. Augmentation comes later.
   *
   * Raises:
   *     InputError: the source cannot make such a view.
   */
  batch: py.Callable<
    {
      order: ["rows_B", "view", "draws", "crop"];
      params: {
        rows_B: py.Tensor;
        view: View;
        draws: py.Callable<{ only: [string]; returns: py.External<"torch.Generator"> }> | null;
        crop?: Crop | null;
      };
      returns: py.Tensor;
    }
  >;
}

/**
 * A video that can be used; format is its codec, and it is stored as it is.
 *
 * frames: how many it shows. rate: frames a second on average, 0 where nothing says it. keys: how
 * many places there are to begin at.
 */
export type Video = py.TypedDict<{
  sha256: string;
  bytes: number;
  format: string;
  width: number;
  height: number;
  stored_width: number;
  stored_height: number;
  note: string;
  frames: number;
  rate: number;
  keys: number;
}>;

/**
 * What came of some videos, in their order.
 *
 * bytes, sha256: of the places that were written.
 */
export type VideoBlock = py.TypedDict<{
  bytes: number;
  sha256: string;
  videos: py.List<Video | Bad>;
}>;

/**
 * Videos, files or folders of frames, as `index_videos` found them.
 *
 * The pixels of a batch do not depend on the threads: each video is read by one of them, by
 * numbers that were drawn before.
 */
export interface Videos extends py.Instance<"clusterfit.data.videos.Videos"> {
  /** How many videos there are. */
  readonly rows: number;
  /**
   * Return uint8 (B * V) x F x H x W x 3, on the device of `rows_B`; see `Source.batch`.
   *
   * A clip is F frames that follow each other; `clip_starts` says which. A video of fewer frames
   * is shown again from its beginning until there are F (Hara et al., CVPR 2018, loop, too).
   * Frames are resized, the shorter side to 8/7 of the view's size or to what its preprocessing
   * says, and one square is cut out of all frames of a row: for training at a place drawn by
   * `draws("crop")`, else in the centre.
   *
   * Raises:
   *     InputError: the view is of stills or has no size, or regions are asked for.
   *     FileError: a video is not the one that was indexed.
   */
  batch: py.Callable<
    {
      order: ["rows_B", "view", "draws", "crop"];
      params: {
        rows_B: py.Tensor;
        view: View;
        draws: py.Callable<{ only: [string]; returns: py.External<"torch.Generator"> }> | null;
        crop?: Crop | null;
      };
      returns: py.Tensor;
    }
  >;
}

/**
 * What a source makes of one row for one network.
 *
 * size: side of a square image in pixels, or None for the image as it is stored.
 * clips: views of one row: their features are averaged, and training takes one.
 * frames: of a clip, or None for stills.
 * preprocessing: of a network that was trained elsewhere; without, (pixel - 127.5) / 64.
 */
export interface View extends
  py.NamedTuple<
    "clusterfit.data.view.View",
    [number | null, number, number | null, Preprocessing | null],
    "Sequence" | "Collection" | "Iterable"
  > {
  readonly size: number | null;
  readonly clips: number;
  readonly frames: number | null;
  readonly preprocessing: Preprocessing | null;
}

/**
 * Rows, where their pixels come from, and how a network reads them.
 *
 * A source is one file here, and one line in SOURCES.
 */
export interface Data extends py.Module<"clusterfit.data"> {
  SOURCES: py.Dict<string, py.Callable<py.Anything<Source>>>;
  Augmentation: py.Class<
    Augmentation,
    {
      order: ["crop", "shift", "flip", "invert", "colour", "colour_jitter", "grey", "blur"];
      params: {
        crop?: Crop | null;
        shift?: number;
        flip?: boolean;
        invert?: number;
        colour?: number;
        colour_jitter?: ColourJitter | null;
        grey?: number;
        blur?: Blur | null;
      };
    }
  >;
  Batch: py.Class<
    Batch,
    {
      order: ["source", "rows_B", "view", "draws"];
      params: {
        source: Source;
        rows_B: py.Tensor;
        view: View;
        draws: py.Callable<{ only: [string]; returns: py.External<"torch.Generator"> }>;
        augmentation: Augmentation;
        dtype: py.External<"torch.dtype">;
        label_smoothing: number;
      };
    }
  >;
  Blur: py.Class<
    Blur,
    {
      order: ["probability", "sigma"];
      params: { probability: number; sigma: py.Tuple<[number, number]> };
    }
  >;
  Clips: py.Class<Clips, { order: ["images"]; params: { images: py.Tensor } }>;
  ColourJitter: py.Class<
    ColourJitter,
    {
      order: ["probability", "brightness", "contrast", "saturation", "hue"];
      params: {
        probability: number;
        brightness: number;
        contrast: number;
        saturation: number;
        hue: number;
      };
    }
  >;
  Crop: py.Class<
    Crop,
    {
      order: ["scale", "ratio", "anywhere"];
      params: {
        scale: py.Tuple<[number, number]>;
        ratio: py.Tuple<[number, number]>;
        anywhere?: boolean;
      };
    }
  >;
  MappedPixels: py.Class<
    MappedPixels,
    {
      order: ["pixels", "offsets", "heights", "widths", "threads"];
      params: {
        pixels: string;
        offsets: py.Tensor;
        heights: py.Tensor;
        widths: py.Tensor;
        threads?: number | null;
      };
    }
  >;
  Packed: py.Class<Packed, { order: ["images"]; params: { images: py.Tensor } }>;
  PictureFiles: py.Class<
    PictureFiles,
    {
      order: [
        "paths",
        "ends",
        "files",
        "offsets",
        "lengths",
        "digests",
        "heights",
        "widths",
        "side",
        "interpolation",
        "threads",
      ];
      params: {
        paths: py.Tensor;
        ends: py.Tensor;
        files: py.Tensor;
        offsets: py.Tensor;
        lengths: py.Tensor;
        digests: py.Tensor;
        heights: py.Tensor;
        widths: py.Tensor;
        side: number;
        interpolation: "bilinear" | "bicubic" | "lanczos";
        threads?: number | null;
      };
    }
  >;
  Preprocessing: py.Class<
    Preprocessing,
    {
      order: ["resize", "interpolation", "mean", "std"];
      params: {
        resize: number;
        interpolation: "bilinear" | "bicubic" | "lanczos";
        mean: py.Tuple<[number, number, number]>;
        std: py.Tuple<[number, number, number]>;
      };
    }
  >;
  Source: py.Class<Source>;
  Videos: py.Class<
    Videos,
    {
      order: [
        "keys",
        "key_counts",
        "paths",
        "ends",
        "lengths",
        "frames",
        "heights",
        "widths",
        "threads",
      ];
      params: {
        keys: string;
        key_counts: py.Tensor;
        paths: py.Tensor;
        ends: py.Tensor;
        lengths: py.Tensor;
        frames: py.Tensor;
        heights: py.Tensor;
        widths: py.Tensor;
        threads?: number | null;
      };
    }
  >;
  View: py.Class<
    View,
    {
      order: ["size", "clips", "frames", "preprocessing"];
      params: {
        size?: number | null;
        clips?: number;
        frames?: number | null;
        preprocessing?: Preprocessing | null;
      };
    }
  >;
  /**
   * Decode pictures, their shorter sides at most `side`, in that many threads (None: one a CPU).
   *
   * With `pixels`, the good ones' pixels go to that file from byte `start` on, one after the other,
   * uint8 height x width x 3; what is behind `start` is overwritten, and when the call returns the
   * file ends with them and is on the disk. The bytes do not depend on the threads.
   * `progress(done, total)` counts pieces.
   *
   * Raises:
   *     FileError: the file of pixels cannot be written.
   *     InputError: there are frames of videos, and PyAV is missing.
   */
  index: py.Callable<
    {
      order: ["pieces"];
      params: {
        pieces: py.Sequence<Piece>;
        side: number;
        interpolation: "bilinear" | "bicubic" | "lanczos";
        pixels: string | null;
        start: number;
        threads?: number | null;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: Block;
    }
  >;
  /**
   * Decode videos, files or folders of frames, in that many threads (None: one a CPU).
   *
   * With `keys`, the places at which decoding can begin go to that file from byte `start` on: int64
   * K x 2, numbers of frames and their times in ticks, those of one video after the other; what is
   * behind `start` is overwritten. The bytes do not depend on the threads. `progress(done, total)`
   * counts videos.
   *
   * Raises:
   *     FileError: the file of places cannot be written.
   *     InputError: PyAV is missing.
   */
  index_videos: py.Callable<
    {
      order: ["paths"];
      params: {
        paths: py.Sequence<string>;
        keys: string | null;
        start: number;
        threads?: number | null;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: VideoBlock;
    }
  >;
  /**
   * Make the source of that name, of what its class is made of.
   *
   * Raises:
   *     InputError: there is no such source, or it cannot be made of that.
   */
  make: py.Callable<
    { order: ["name"]; params: { name: string; [name: string]: unknown }; returns: Source }
  >;
}

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

/** What this machine offers, how many threads a call may use, and what a GPU has to be told. */
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
  /**
   * Let networks on a GPU give the same bits each time, and in float32 where that is asked for.
   *
   * cuDNN may otherwise add in any order, and round the factors of float32 products to
   * TensorFloat-32. Its settings are those of the process, and are left so: jobs on several threads
   * would undo each other's. cuBLAS, as PyTorch sets it up, does neither.
   */
  repeatable: py.Callable<
    { order: ["device"]; params: { device: py.External<"torch.device"> | string }; returns: null }
  >;
  /**
   * Have PyTorch's linear algebra of a GPU loaded: call it before `torch.linalg` is used there.
   *
   * PyTorch loads it with its first use in the process, and fails where two threads come to that
   * together: "lazy wrapper should be called at most once"
   * (https://github.com/pytorch/pytorch/issues/90613). Here one thread at a time uses it, on a
   * matrix of one number, which costs little once it is there. The CPU's is never loaded so.
   */
  load_linalg: py.Callable<
    { order: ["device"]; params: { device: py.External<"torch.device"> | string }; returns: null }
  >;
  /** Return how many CPUs this process may run on. */
  cpus: py.Callable<{ returns: number }>;
}

// --- clusterfit.export

/**
 * What `write_weights` wrote.
 *
 * named: whether the names are those of the library's own network with as many outputs.
 * arguments: what that is made by, beside its name and the number of outputs.
 */
export type Weights = py.TypedDict<{
  named: boolean;
  arguments: py.Dict<string, number | string | boolean>;
}>;

/**
 * A trained network in the forms that other programs load.
 *
 * Each form holds the trunk and the first head, and answers as the network does here: what does not is
 * refused.
 */
export interface Export extends py.Module<"clusterfit.export"> {
  /**
   * Return a module whose `load()` gives the network with the weights in the file `weights`.
   *
   * Raises:
   *     InputError: an unknown `arch`.
   */
  script: py.Callable<
    {
      order: ["arch"];
      params: { arch: string; weights: string; width?: number | null };
      returns: string;
    }
  >;
  /**
   * Write an ONNX graph: "pixels" float32 [batch, 3, size, size] to "features" and "logits".
   *
   * The same network gives the same bytes.
   *
   * Raises:
   *     InputError: onnxruntime is not installed.
   *     Disagreement: onnxruntime does not answer as the network does; the file is removed.
   */
  write_onnx: py.Callable<
    {
      order: ["net", "path"];
      params: { net: Network; path: string; size: number; threads: number };
      returns: null;
    }
  >;
  /**
   * Write what `torch.export.load` reads: any number of images of `size` x `size` pixels.
   *
   * The same network gives the same bytes under the same file name, which stands in them.
   *
   * Raises:
   *     Disagreement: the file does not answer as the network does; it is removed.
   */
  write_program: py.Callable<
    {
      order: ["net", "path"];
      params: { net: Network; path: string; size: number; threads: number };
      returns: null;
    }
  >;
  /**
   * Write the weights of the trunk and the first head.
   *
   * Those of a network of another library get its own names, if its own network, with a classifier
   * in the place of our head, then answers as this one does. Else the trunk's are `trunk.<name>` and
   * the head's `fc.<name>`, as everywhere here.
   *
   * Raises:
   *     FileError: the file cannot be written.
   */
  write_weights: py.Callable<
    {
      order: ["net", "path"];
      params: { net: Network; path: string; arch: string; size: number; threads: number };
      returns: Weights;
    }
  >;
}

// --- clusterfit.features

/** Features to extract: of which layer, and how many numbers at most (None: its average). */
export type Output = py.TypedDict<{
  layer: string;
  budget: number | null;
}>;

/** Features of images at named layers of a network. */
export interface Features extends py.Module<"clusterfit.features"> {
  PAPER_BUDGET: number;
  PAPER_WINDOWS: py.Dict<py.Tuple<[number, number, number]>, py.Tuple<[number, number, number]>>;
  /**
   * Compute float32 R x D features of int64 R rows (None: every row), on the CPU.
   *
   * `outputs` gives the features to compute by the name of the result. A layer of C channels is
   * averaged to the largest s x s grid with C * s * s within its budget (section 4 of the paper
   * takes about 9,000 numbers from each layer); without one over all pixels, which at the last layer
   * gives the penultimate features. Those of several clips of a row are averaged. The rows are read
   * and computed `batch_size` at a time, without augmentation. The network is put in evaluation
   * mode. `progress(done, total)` counts rows.
   *
   * Raises:
   *     InputError: an unknown layer, a budget below its channels, rows that are not there, or a
   *         view of stills for a network of clips.
   */
  extract: py.Callable<
    {
      order: ["net", "source", "outputs"];
      params: {
        net: Network;
        source: Source;
        outputs: py.Mapping<string, Output>;
        view: View;
        rows: py.Tensor | null;
        batch_size: number;
        precision: "float32" | "bfloat16";
        device: string;
        threads: number;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: py.Dict<string, py.Tensor>;
    }
  >;
  /** Average the features of the clips of a row, which follow each other: V = B * clips to B. */
  average: py.Callable<
    {
      order: ["pooled_VD", "clips"];
      params: { pooled_VD: py.Tensor; clips: number };
      returns: py.Tensor;
    }
  >;
  /**
   * Average-pool to B x (C * s * s), with the largest s that fits `budget`; None means s = 1.
   *
   * The layers of a ResNet-50 at 224 pixels are pooled by PAPER_WINDOWS where PAPER_BUDGET is the
   * budget: to 9216, 9216, 8192, 9216 and 8192 numbers, by windows that overlap, and with the zeros
   * beyond the edge of the first one.
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
   * Computed in float64 and rounded once: the square of a float32 may not fit into float32. Many
   * rows are returned in a file of `folder` (see `scratch`).
   *
   * Raises:
   *     FileError: the folder has no room for them.
   */
  l2_normalise: py.Callable<
    {
      order: ["features_ND", "folder"];
      params: { features_ND: py.Tensor; folder?: string | null };
      returns: py.Tensor;
    }
  >;
  /** Return x / (||x||_2 + 1e-5) for each row x, in float64. */
  unit_rows: py.Callable<
    { order: ["features_ND"]; params: { features_ND: py.Tensor }; returns: py.Tensor }
  >;
}

// --- clusterfit.kmeans

/**
 * A clustering, and `gap`: how far its assignment was proved to be from the best, as a share.
 *
 * labels: within the cap, not always the nearest centroids. objectives: the sum as each iteration
 * assigned the rows, before it moved the centroids.
 */
export type BalancedClustering = py.TypedDict<{
  centroids: py.Tensor;
  labels: py.Tensor;
  sizes: py.Tensor;
  empty: number;
  distinct: number;
  objective: number;
  objectives: py.List<number>;
  gap: number;
}>;

/**
 * What was found.
 *
 * centroids: float32 K x D, in the coordinates of the rows. labels: int64 N, the cluster of each
 * row. sizes: int64 K. empty: how many clusters have no row. distinct: how many rows equal no
 * earlier one; where they are fewer than K, clusters stay empty. objective: the float64 sum over
 * all rows of the squared distance to the centroid of their cluster. objectives: that sum before
 * each iteration; it ends early where the centroids stopped moving.
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
 * What was found.
 *
 * labels: int64 N. sizes: int64 K. empty: how many clusters have no row. distinct: how many rows
 * have ids that no earlier one has; where they are fewer than K, clusters stay empty. objective:
 * the sum over all rows of the squared distance of their memberships to the mean of their cluster.
 * objectives: that sum before each iteration, from the start that came to the least one.
 */
export type Consensus = py.TypedDict<{
  labels: py.Tensor;
  sizes: py.Tensor;
  empty: number;
  distinct: number;
  objective: number;
  objectives: py.List<number>;
}>;

export type Engine = "faiss" | "torch";

/**
 * A clustering, and `impurity`: the labelled rows times the Gini impurity of their cluster.
 *
 * labels: not always the nearest centroids. objective: the sum of squared distances and the weight
 * times the impurity; objectives likewise.
 */
export type GuidedClustering = py.TypedDict<{
  centroids: py.Tensor;
  labels: py.Tensor;
  sizes: py.Tensor;
  empty: number;
  distinct: number;
  objective: number;
  objectives: py.List<number>;
  impurity: number;
}>;

/**
 * bits: the information above chance, of each split, in bits.
 *
 * share: of each split, the same as a share of what it could be: 1 where both assignments are
 * equal, 0 for chance (adjusted mutual information, by the mean of the entropies).
 */
export type Reproducibility = py.TypedDict<{
  bits: py.List<number>;
  share: py.List<number>;
}>;

/** Euclidean k-means on every row, with the labels and sums of float64. */
export interface Kmeans extends py.Module<"clusterfit.kmeans"> {
  /**
   * Return int64 N: of float32 K x D centroids the nearest to each float32 row, in float64.
   *
   * Of equally near centroids it is the first. `folder` is used as by `fit`.
   *
   * Raises:
   *     InputError: there is no centroid, or there are more than rows, or the tensors do not fit.
   *     FileError: the folder has no room.
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
        folder?: string | null;
      };
      returns: py.Tensor;
    }
  >;
  /**
   * Cluster float32 N x D rows from float32 K x D centroids, `most` rows a cluster at most.
   *
   * Each assignment is within TOLERANCE of the best for its centroids, by a bound that is computed;
   * where that best is next to nothing beside the rows' spread, within 1e-8 of the spread. Distances
   * are float64. `progress(done, iterations, objective)` is called after each iteration, and during
   * long ones.
   *
   * Raises:
   *     InputError: there is no iteration or no room for all rows, or the tensors do not fit.
   *     NonFiniteFeatures: a feature or a centroid is NaN or infinite.
   */
  balance: py.Callable<
    {
      order: ["features", "centroids", "most"];
      params: {
        features: py.Tensor;
        centroids: py.Tensor;
        most: number;
        iterations: number;
        seed: number;
        device: string;
        threads: number;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: BalancedClustering;
    }
  >;
  /**
   * Cluster rows by the ids that several clusterings give them: int64 N each.
   *
   * k-means starts from each clustering with k clusters or fewer, and from `starts` draws by D^2
   * (k-means++) with `seed`, and what has the least objective is taken, of equals the first.
   * `progress(done, total)` counts starts, and is called after each iteration, too.
   *
   * Raises:
   *     InputError: there is no clustering or no start, they have not as many rows, or k is not from
   *         1 to N.
   */
  consensus: py.Callable<
    {
      order: ["clusterings", "k"];
      params: {
        clusterings: py.List<py.Tensor>;
        k: number;
        iterations: number;
        starts: number;
        seed: number;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: Consensus;
    }
  >;
  /**
   * Return a copy of `count` different rows of float32 N x D, drawn by `seed`, in their order.
   *
   * Many rows are returned in a file of `folder` (see `scratch`).
   *
   * Raises:
   *     InputError: there are fewer rows.
   *     FileError: the folder has no room for them.
   */
  draw_rows: py.Callable<
    {
      order: ["features", "count"];
      params: { features: py.Tensor; count: number; seed: number; folder?: string | null };
      returns: py.Tensor;
    }
  >;
  /**
   * Cluster float32 N x D rows into `k` clusters.
   *
   * Starts from `init_centroids` (float32 K x D), or from k different rows drawn by `seed`. The
   * means are summed in float64 and rounded to float32 each time: what is compared, returned and
   * summed up in the objective are those rounded centroids, so that all of the result fits together.
   * `progress(done, iterations, objective)` is called after each iteration. What is as large as the
   * rows is kept in `folder` (see `scratch`).
   *
   * Raises:
   *     InputError: k is below 1 or above N, or the tensors do not fit.
   *     FileError: the folder has no room.
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
        folder?: string | null;
        init_centroids?: py.Tensor | null;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: Clustering;
    }
  >;
  /**
   * Cluster float32 N x D rows into `k` clusters, with labels of int64 N as a guide.
   *
   * Labels are 0 .. classes - 1, or -1 for a row without one. Starts from the rows and labels of
   * which `fit` takes the rows; with a weight of 0 it finds what that finds. Distances are float64;
   * what is held beside the rows is classes x K. `progress(done, iterations, objective)` is called
   * after each iteration.
   *
   * Raises:
   *     InputError: k is below 1 or above N, a label is none of those, the weight is below 0, or the
   *         tensors do not fit.
   *     NonFiniteFeatures: a feature is NaN or infinite.
   */
  guide: py.Callable<
    {
      order: ["features", "labels", "classes", "k"];
      params: {
        features: py.Tensor;
        labels: py.Tensor;
        classes: number;
        k: number;
        weight: number;
        iterations: number;
        seed: number;
        device: string;
        threads: number;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: GuidedClustering;
    }
  >;
  /**
   * Assign each of float32 N x D rows to the nearest mean of a label's rows.
   *
   * `labels` are int64 N in 0 .. classes - 1. There is a cluster for each label that has rows, in
   * the order of the labels; its centroid is their mean, summed in float64 and rounded to float32.
   * The rows are assigned once, in float64, of equals to the first. `folder` is used as by `fit`.
   *
   * Raises:
   *     InputError: the tensors do not fit, or a label is not below `classes`.
   *     FileError: the folder has no room.
   *     NonFiniteFeatures: a feature is NaN or infinite.
   */
  prototypes: py.Callable<
    {
      order: ["features", "labels", "classes"];
      params: {
        features: py.Tensor;
        labels: py.Tensor;
        classes: number;
        engine: "faiss" | "torch";
        device: string;
        threads: number;
        folder?: string | null;
      };
      returns: Clustering;
    }
  >;
  /**
   * Measure the information that `k` clusters of float32 N x D rows carry reproducibly.
   *
   * For each of `splits` splits in halves, drawn by `seed`: k-means of each half, `iterations` at
   * most, and all rows assigned to the centroids of both. `progress(done, splits)` is called after
   * each split. `folder` is used as by `fit`.
   *
   * Raises:
   *     InputError: a half has fewer rows than clusters, or the tensors do not fit.
   *     FileError: the folder has no room.
   *     NonFiniteFeatures: a feature is NaN or infinite.
   */
  reproducible_information: py.Callable<
    {
      order: ["features", "k"];
      params: {
        features: py.Tensor;
        k: number;
        splits: number;
        iterations: number;
        seed: number;
        engine: "faiss" | "torch";
        device: string;
        threads: number;
        folder?: string | null;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: Reproducibility;
    }
  >;
}

// --- clusterfit.matrices

/** Features from files that others wrote. */
export interface Matrices extends py.Module<"clusterfit.matrices"> {
  /**
   * Return float32 rows N x D of an npy file, or of one tensor of a safetensors file.
   *
   * float32 stays in the file, row by row, until it is used. Other floats, and matrices that lie
   * column by column, are converted a tile at a time: in a file of `folder` where they are many (see
   * `scratch`). No pickles are read.
   *
   * Raises:
   *     InputError: it is no matrix of floats.
   *     FileError: the file is not whole, or the folder has no room.
   */
  load: py.Callable<
    {
      order: ["path", "tensor", "folder"];
      params: { path: string; tensor: string | null; folder?: string | null };
      returns: py.Tensor;
    }
  >;
}

// --- clusterfit.memberships

/**
 * What `distances` found, for each row.
 *
 * own: float64 N, the Euclidean distance to the centroid of its cluster. others: float64 N, that
 * to the nearest centroid of another cluster that has a row; NaN where there is none. second:
 * int64 N, which one that is; -1 where there is none.
 */
export type Distances = py.TypedDict<{
  own: py.Tensor;
  others: py.Tensor;
  second: py.Tensor;
}>;

/** What `close_pairs` found: int64 P rows twice, and float64 P distances between them. */
export type Pairs = py.TypedDict<{
  first: py.Tensor;
  second: py.Tensor;
  distance: py.Tensor;
}>;

/**
 * How well each row fits into its cluster, and which rows are nearly the same; in float64.
 *
 * Shape suffixes: N rows, D dimensions, K clusters, L of them with a row, T rows of a tile, P pairs.
 *
 * Features are read a tile at a time, so that they may stay in their file.
 */
export interface Memberships extends py.Module<"clusterfit.memberships"> {
  /**
   * Measure float32 rows against the float32 centroids that they were clustered to.
   *
   * `normalise`: rows are l2-normalised first, as the clustering had them. `progress(done, total)`
   * counts rows.
   *
   * Raises:
   *     InputError: the labels are not those of these rows and centroids.
   */
  distances: py.Callable<
    {
      order: ["features_ND", "centroids_KD", "labels_N"];
      params: {
        features_ND: py.Tensor;
        centroids_KD: py.Tensor;
        labels_N: py.Tensor;
        normalise: boolean;
        threads: number;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: Distances;
    }
  >;
  /**
   * Return pairs of rows of one cluster that are at most `within` apart, the closest first.
   *
   * `own`: what `distances` found. Rows that close are as close in their distance to the centroid,
   * by the triangle inequality: each is compared with at most `reach` that follow it in the order of
   * that distance. So the work is linear in the rows, and every pair of equal rows is in a chain of
   * pairs that are found.
   */
  close_pairs: py.Callable<
    {
      order: ["features_ND", "labels_N", "own"];
      params: {
        features_ND: py.Tensor;
        labels_N: py.Tensor;
        own: py.NDArray;
        within: number;
        normalise: boolean;
        threads: number;
        reach?: number;
      };
      returns: Pairs;
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

// --- clusterfit.metrics

/** A number from 0 to 100 for scores. */
export interface Metric extends
  py.Callable<
    {
      order: ["scores_NC", "labels"];
      params: { scores_NC: py.Tensor; labels: py.Tensor };
      returns: number;
    }
  > {
}

/**
 * What scores are measured by, in percent.
 *
 * A metric is one file here, and one line in METRICS.
 */
export interface Metrics extends py.Module<"clusterfit.metrics"> {
  METRICS: py.Dict<string, Metric>;
  Metric: py.Class<Metric>;
  /**
   * Measure one answer for all rows: each class scored by its frequency among `train`.
   *
   * Of equally frequent classes the one that occurs first there is scored higher. Labels are int64
   * N, or uint8 N x C. Returns the metric on the labels `test`.
   *
   * Raises:
   *     InputError: the metric is unknown, or none of such labels.
   */
  baseline: py.Callable<
    {
      order: ["metric", "train", "test", "classes"];
      params: { metric: string; train: py.Tensor; test: py.Tensor; classes: number };
      returns: number;
    }
  >;
}

// --- clusterfit.models

/** One architecture: how its networks are laid out. */
export interface Backbone extends py.Protocol {
  /** Channels of its first layers, unless another width is asked for. */
  readonly width: number;
  /**
   * Make its modules; heads and weights come later.
   *
   * It is called under `torch.device("meta")`: nothing takes memory or draws a random number.
   *
   * Raises:
   *     InputError: there is no such network of that width.
   */
  lay_out: py.Callable<{ order: ["width"]; params: { width: number }; returns: Network }>;
  /**
   * Return Python lines without this package that make such a module and call it `net`.
   *
   * Its parameters have the names of the network's; their sizes do not matter. `torch` and
   * `torchvision` are imported.
   */
  source: py.Callable<
    { order: ["width"]; params: { width: number }; returns: py.Sequence<string> }
  >;
}

/** A layer B x channels x height x width. */
export type LayerSize = py.TypedDict<{
  name: string;
  channels: number;
  height: number;
  width: number;
}>;

/**
 * A trunk and one or several linear heads; calling it gives the logits B x outputs of each.
 *
 * The first head is `fc`, whatever it is called, so that a network of one head has torchvision's
 * parameter names; further ones are `heads.<name>`. A backbone implements `layer_sizes` and
 * `layers`, and `embed` or `initialise` where these do not fit it.
 */
export interface Network extends
  py.Instance<
    "clusterfit.models.network.Network",
    { bases: "torch.nn.modules.module.Module" | "Callable"; open: true; call: py.Anything }
  > {
  fc: py.External<"torch.nn.modules.linear.Linear", "torch.nn.modules.module.Module" | "Callable">;
  heads: py.External<
    "torch.nn.modules.container.ModuleDict",
    "torch.nn.modules.module.Module" | "Collection" | "Iterable" | "Callable"
  >;
  /** Side in pixels of the images that it is usually given. */
  readonly size: number;
  /** Frames of the clips that it is usually given; None: it reads stills. */
  readonly frames: number | null;
  /** The channels C of each layer, from the first to the last. */
  readonly layer_sizes: py.Mapping<string, number>;
  /** Run the trunk, layer by layer: the name and the output B x C x H x W of each in turn. */
  layers: py.Callable<
    {
      order: ["pixels_BCHW"];
      params: { pixels_BCHW: py.Tensor };
      returns: py.Iterator<py.Tuple<[string, py.Tensor]>>;
    }
  >;
  /** The first head, then the others. */
  readonly all_heads: py.Tuple<
    py.External<"torch.nn.modules.linear.Linear", "torch.nn.modules.module.Module" | "Callable">[]
  >;
  /** Return the logits of every head. */
  forward: py.Callable<
    { order: ["pixels_BCHW"]; params: { pixels_BCHW: py.Tensor }; returns: py.Tuple<py.Tensor[]> }
  >;
  /**
   * Return the features B x D that the heads read: the last layer, averaged over its pixels.
   *
   * D is the size of the last layer.
   */
  embed: py.Callable<
    { order: ["pixels_BCHW"]; params: { pixels_BCHW: py.Tensor }; returns: py.Tensor }
  >;
  /**
   * Replace all heads by new ones, without values, of so many outputs each.
   *
   * Raises:
   *     InputError: there is no head, one has fewer than 2 outputs, or a name cannot be used.
   */
  set_heads: py.Callable<
    { order: ["heads"]; params: { heads: py.Mapping<string, number> }; returns: null }
  >;
  /**
   * Say where random numbers of a training step come from: these layers need none.
   *
   * Raises:
   *     InputError: something in the network draws from elsewhere.
   */
  set_draws: py.Callable<
    {
      order: ["draws"];
      params: { draws: py.Callable<{ only: [string]; returns: py.External<"torch.Generator"> }> };
      returns: null;
    }
  >;
  /** Draw every weight, as the function of that name does. */
  initialise: py.Callable<
    { order: ["draws"]; params: { draws: py.External<"torch.Generator"> }; returns: null }
  >;
}

/**
 * Networks whose weights depend on a seed only.
 *
 * A backbone is one file here, and one line in BACKBONES. Architectures of other libraries begin with
 * that library's name, one of LIBRARIES: "timm:resnet26d".
 */
export interface Models extends py.Module<"clusterfit.models"> {
  BACKBONES: py.Dict<string, Backbone>;
  LIBRARIES: py.Dict<string, string>;
  Backbone: py.Class<Backbone>;
  Network: py.Class<Network, { params: { [name: string]: unknown }; rest: unknown }>;
  /**
   * Lay a network out in evaluation mode, for weights that are about to be loaded.
   *
   * `width` is as of `build`. `config` is what `load` finds beside the weights, for architectures
   * that have it there.
   *
   * Raises:
   *     InputError: an unknown `arch`, or impossible heads.
   */
  blank: py.Callable<
    {
      order: ["arch", "heads", "config", "width"];
      params: {
        arch: string;
        heads: py.Mapping<string, number>;
        config?: py.Mapping<string, unknown> | null;
        width?: number | null;
      };
      returns: Network;
    }
  >;
  /**
   * Build a network on the CPU, in evaluation mode, its weights drawn from `seed`.
   *
   * `heads` gives the outputs of each head by name, in order. `width` is the number of channels of
   * the first layers: unless given 16 in the small networks, 64 in torchvision's; networks of other
   * libraries have one width.
   *
   * Raises:
   *     InputError: an unknown `arch`, or impossible heads or `width`.
   */
  build: py.Callable<
    {
      order: ["arch", "heads"];
      params: {
        arch: string;
        heads: py.Mapping<string, number>;
        seed: number;
        width?: number | null;
      };
      returns: Network;
    }
  >;
  /**
   * Return the layers, the first to the last, for images of `size` x `size` pixels.
   *
   * Without a size it is the one that the network is usually given.
   *
   * Raises:
   *     InputError: the network takes images of another size.
   */
  layers: py.Callable<
    {
      order: ["net", "size"];
      params: { net: Network; size: number | null };
      returns: py.List<LayerSize>;
    }
  >;
  /**
   * Load a network in evaluation mode from the safetensors file that `state` was saved to.
   *
   * The heads are read from the file, those behind the first one in alphabetical order.
   *
   * Raises:
   *     FileError: the file is not whole, or holds another network.
   */
  load: py.Callable<
    {
      order: ["arch", "path"];
      params: { arch: string; path: string; width?: number | null };
      returns: Network;
    }
  >;
  /**
   * Return Python lines that compute logits with the network at `path`, without this package.
   *
   * They need `pixels`, uint8 N x H x W x 3, of clips N x F x H x W x 3, with `preprocessing` as it
   * resizes and cuts them. The logits are those of the first head; the weights of the others are in
   * `further`. Where torchvision was built for another PyTorch, as PyPI's is beside a CPU build, its
   * first import fails: see vision.py.
   */
  snippet: py.Callable<
    {
      order: ["arch", "heads"];
      params: {
        arch: string;
        heads: py.Mapping<string, number>;
        path: string;
        width?: number | null;
        preprocessing?: Preprocessing | null;
      };
      returns: string;
    }
  >;
  /** Return a copy of the weights and batch-norm statistics, on the CPU, contiguous. */
  state: py.Callable<
    {
      order: ["net"];
      params: { net: py.External<"torch.nn.modules.module.Module", "Callable"> };
      returns: py.Dict<string, py.Tensor>;
    }
  >;
  /** Return the width that `blank` gives an architecture; None where it has but one. */
  width_of: py.Callable<{ order: ["arch"]; params: { arch: string }; returns: number | null }>;
}

// --- clusterfit.objectives

/** A network that is asked and not trained, and how it reads the rows. */
export interface Frozen extends
  py.NamedTuple<
    "clusterfit.objectives.objective.Frozen",
    [Network, View],
    "Sequence" | "Collection" | "Iterable"
  > {
  readonly network: Network;
  readonly view: View;
}

/** What an objective is made of: its name, int64 N labels, frozen networks, options by name. */
export interface Given extends
  py.NamedTuple<
    "clusterfit.objectives.objective.Given",
    [
      string,
      py.Sequence<py.Tensor>,
      py.Sequence<Frozen>,
      py.Mapping<string, number | string | boolean>,
    ],
    "Sequence" | "Collection" | "Iterable"
  > {
  readonly name: string;
  readonly labels: py.Sequence<py.Tensor>;
  readonly networks: py.Sequence<Frozen>;
  readonly options: py.Mapping<string, number | string | boolean>;
  /**
   * Check how many labels (None: one or more) and networks there are, and known options.
   *
   * Raises:
   *     InputError: there is something else.
   */
  check: py.Callable<
    {
      params: { labels: number | null; networks: number; options?: py.Sequence<string> };
      returns: null;
    }
  >;
  /**
   * Return an option that is a number.
   *
   * Raises:
   *     InputError: it is something else.
   */
  number: py.Callable<
    { order: ["option", "default"]; params: { option: string; default: number }; returns: number }
  >;
  /**
   * Return an option that is a whole number from `least` to `most`.
   *
   * Raises:
   *     InputError: it is something else.
   */
  whole: py.Callable<
    {
      order: ["option", "default"];
      params: { option: string; default: number; least: number; most?: number | null };
      returns: number;
    }
  >;
  /** Return the error for an option that has another value than what is `needed`. */
  wrong: py.Callable<
    {
      order: ["option", "needed"];
      params: { option: string; needed: string };
      returns: py.External<
        "clusterfit.errors.InputError",
        "clusterfit.errors.ClusterfitError" | "ValueError" | "Exception" | "BaseException"
      >;
    }
  >;
}

/** A head that the trained network has to have: so many outputs, or at least so many. */
export interface Head extends
  py.NamedTuple<
    "clusterfit.objectives.objective.Head",
    [number, boolean],
    "Sequence" | "Collection" | "Iterable"
  > {
  readonly outputs: number;
  readonly exact: boolean;
}

/**
 * What one batch gave.
 *
 * mean: the scalar to minimise, with its gradient. images: how many images the means are over.
 * sums: for each metric its sum over these images, a scalar without a gradient.
 */
export interface Loss extends
  py.NamedTuple<
    "clusterfit.objectives.objective.Loss",
    [py.Tensor, number, py.Mapping<string, py.Tensor>],
    "Sequence" | "Collection" | "Iterable"
  > {
  readonly mean: py.Tensor;
  readonly images: number;
  readonly sums: py.Mapping<string, py.Tensor>;
}

/** A loss, what it is computed from, and what is measured beside it. */
export interface Objective extends py.Protocol {
  /** Names of what is measured; "accuracy" is the share of correct answers. */
  readonly metrics: py.Sequence<string>;
  /** Networks that `loss` asks: the trainer moves them to its device, in evaluation mode. */
  readonly frozen: py.Sequence<Frozen>;
  /**
   * Layers behind the network's heads that are trained with it and are no part of it.
   *
   * They are laid out on the meta device: the trainer draws their weights, moves them to its
   * device, and keeps them in its checkpoints.
   */
  readonly own_layers: py.External<"torch.nn.modules.module.Module", "Callable"> | null;
  /**
   * Return what the heads of `net` have to be, in their order.
   *
   * Raises:
   *     InputError: `net` cannot be trained so whatever its heads.
   */
  heads: py.Callable<{ order: ["net"]; params: { net: Network }; returns: py.Sequence<Head> }>;
  /**
   * Move what is needed to `device`, for a source of so many rows.
   *
   * Raises:
   *     InputError: the objective is one for another number of rows.
   */
  prepare: py.Callable<
    {
      order: ["rows", "device"];
      params: { rows: number; device: py.External<"torch.device"> };
      returns: null;
    }
  >;
  /**
   * Compute the loss of a batch.
   *
   * It is called under the autocast of the training's precision: logits and features come in
   * that precision, and are made float32 before they enter a loss. Every random number comes
   * from `draws`.
   */
  loss: py.Callable<
    {
      order: ["net", "batch", "draws"];
      params: {
        net: Network;
        batch: Batch;
        draws: py.Callable<{ only: [string]; returns: py.External<"torch.Generator"> }>;
      };
      returns: Loss;
    }
  >;
}

/**
 * What networks are trained for.
 *
 * An objective is one file here, and one line in OBJECTIVES.
 */
export interface Objectives extends py.Module<"clusterfit.objectives"> {
  OBJECTIVES: py.Dict<string, py.Callable<{ only: [Given]; returns: Objective }>>;
  Frozen: py.Class<
    Frozen,
    { order: ["network", "view"]; params: { network: Network; view: View } }
  >;
  Given: py.Class<
    Given,
    {
      order: ["name", "labels", "networks", "options"];
      params: {
        name: string;
        labels: py.Sequence<py.Tensor>;
        networks: py.Sequence<Frozen>;
        options: py.Mapping<string, number | string | boolean>;
      };
    }
  >;
  Head: py.Class<
    Head,
    { order: ["outputs", "exact"]; params: { outputs: number; exact: boolean } }
  >;
  Loss: py.Class<
    Loss,
    {
      order: ["mean", "images", "sums"];
      params: { mean: py.Tensor; images: number; sums: py.Mapping<string, py.Tensor> };
    }
  >;
  Objective: py.Class<Objective>;
  /**
   * Make the objective of that name.
   *
   * Args:
   *     name: a key of OBJECTIVES.
   *     labels: int64 N each, over the rows of the source; for which heads, the objective says.
   *     networks: frozen networks, for what the objective says.
   *     options: of that objective.
   *
   * Raises:
   *     InputError: there is no such objective, or it needs something else.
   */
  make: py.Callable<
    {
      order: ["name", "labels", "networks", "options"];
      params: {
        name: string;
        labels: py.Sequence<py.Tensor>;
        networks: py.Sequence<Frozen>;
        options: py.Mapping<string, number | string | boolean>;
      };
      returns: Objective;
    }
  >;
}

// --- clusterfit.pretrained

/**
 * What became of a checkpoint, for people.
 *
 * arch: what it was taken for. layout: which kind it was. weights: how many of the trunk, all of
 * which were found. heads: names that were left out. others: tensors of each other part. notes:
 * what to know about the network.
 */
export type Imported = py.TypedDict<{
  arch: string;
  layout: string;
  weights: number;
  heads: py.List<string>;
  others: py.Dict<string, number>;
  notes: py.List<string>;
}>;

/** Networks that were trained elsewhere, as files of ours: weights alone, and what they are. */
export interface Pretrained extends py.Module<"clusterfit.pretrained"> {
  /**
   * Write the network of a checkpoint of PyTorch, weights alone, to `out`.
   *
   * `preprocessing` is what a user says of how images are read. Without `arch`, it is that of
   * torchvision's architectures which has these very weights.
   *
   * Raises:
   *     FileError: the file is no checkpoint, would run code, or has another network's weights.
   *     InputError: several architectures, or none, have them.
   */
  from_checkpoint: py.Callable<
    {
      order: ["path", "arch", "out"];
      params: {
        path: string;
        arch: string | null;
        out: string;
        preprocessing: py.Mapping<string, unknown>;
      };
      returns: Imported;
    }
  >;
  /**
   * Write timm's tf_efficientnet_lite0 with those weights to `out`; timm says how it reads.
   *
   * Raises:
   *     FileError: the package is not there, or `out` cannot be written.
   */
  from_efficientnet: py.Callable<{ order: ["out"]; params: { out: string }; returns: Imported }>;
  /**
   * Write the network of a folder of timm's, as `save_for_hf` and we export it, to `out`.
   *
   * Torchvision's are timm's, too, by the same names. The others of ours are as wide as their
   * weights.
   *
   * Raises:
   *     FileError: a file is missing, or has another network's weights.
   *     InputError: it says nothing that we can lay out.
   */
  from_folder: py.Callable<
    {
      order: ["folder", "out"];
      params: { folder: string; out: string; preprocessing: py.Mapping<string, unknown> | null };
      returns: Imported;
    }
  >;
  /**
   * Write `arch`, as "timm:vit_small_patch14_dinov2.lvd142m?pool=mean", to `out`.
   *
   * Its weights are those of `file`, or those that timm names: `progress(done, total)` counts bytes
   * that come from the network. `preprocessing` is what a user says of how images are read; without
   * it timm says so.
   *
   * Raises:
   *     InputError: timm has no such network, or no weights for it, or does not say how it reads.
   *     FileError: the weights are not in the cache and there is no network, or are of another one.
   */
  from_timm: py.Callable<
    {
      order: ["arch", "file", "out"];
      params: {
        arch: string;
        file: string | null;
        out: string;
        preprocessing: py.Mapping<string, unknown> | null;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: Imported;
    }
  >;
  /**
   * Write `arch`, as "torchvision:resnet50", with those weights (None: the best) to `out`.
   *
   * `preprocessing` is what a user says of how images are read; without it the weights say so.
   * `progress(done, total)` counts bytes that come from the network.
   *
   * Raises:
   *     InputError: torchvision has no such network or weights.
   *     FileError: the weights are not in the cache, and there is no network.
   */
  from_torchvision: py.Callable<
    {
      order: ["arch", "weights", "out"];
      params: {
        arch: string;
        weights: string | null;
        out: string;
        preprocessing: py.Mapping<string, unknown> | null;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: Imported;
    }
  >;
  /**
   * Write the network of a repository or a folder to `out`; of two towers the vision one.
   *
   * pool: "token" for the class token, "mean" for the mean of the patches, None for what its pooler
   * gives. `preprocessing` is what a user says of how images are read; without it its
   * preprocessor_config.json does.
   *
   * Raises:
   *     FileError: a file of it is missing, or it lacks weights.
   *     InputError: nobody says how images are read.
   */
  from_transformers: py.Callable<
    {
      order: ["place", "pool", "out"];
      params: {
        place: string;
        pool: string | null;
        out: string;
        preprocessing: py.Mapping<string, unknown> | null;
      };
      returns: Imported;
    }
  >;
}

// --- clusterfit.probes

/**
 * What a probe found.
 *
 * scores: float64 N x C for each of the other feature sets. evaluations: how often the loss and
 * its gradient were computed. converged: whether the gradient came within the tolerance.
 */
export type Fitted = py.TypedDict<{
  scores: py.List<py.Tensor>;
  evaluations: number;
  converged: boolean;
}>;

/**
 * How one probe of `sweep` did.
 *
 * values: the metric on each of the other sets, in percent. evaluations and converged: as in
 * `Fitted`.
 */
export type Outcome = py.TypedDict<{
  values: py.List<number>;
  evaluations: number;
  converged: boolean;
}>;

/** Fits a classifier and scores other rows with it. */
export interface Probe extends
  py.Callable<
    {
      order: ["features", "labels", "others"];
      params: {
        features: py.Tensor;
        labels: py.Tensor;
        others: py.Sequence<py.Tensor>;
        classes: number;
        cost: number;
        device: string;
        threads: number;
        folder?: string | null;
        max_iterations?: number;
      };
      returns: Fitted;
    }
  > {
}

/**
 * How the SVMs of all classes did.
 *
 * values: the metric on each of the other sets, in percent. costs: the chosen one of each class;
 * None where no row has the class, or all have. converged: whether all fits at these costs came
 * within the tolerance.
 */
export type SvmOutcome = py.TypedDict<{
  values: py.List<number>;
  costs: py.List<number | null>;
  converged: boolean;
}>;

/**
 * How one learning rate of `sgd` did.
 *
 * values: the metric on each of the other sets, in percent; None where the weights diverged.
 * steps: how often the weights were changed.
 */
export type Trial = py.TypedDict<{
  values: py.List<number> | null;
  steps: number;
}>;

/**
 * Classifiers of frozen features.
 *
 * A probe is one file here, and one line in PROBES.
 */
export interface Probes extends py.Module<"clusterfit.probes"> {
  PROBES: py.Dict<string, Probe>;
  Probe: py.Class<Probe>;
  /**
   * Fit a classifier for each learning rate by `fit_sgd`, and measure how it scores other rows.
   *
   * Args:
   *     metric: a key of METRICS.
   *     features: float32 N x D, to fit.
   *     labels: int64 N.
   *     others: pairs of features and labels to measure.
   *     classes: C.
   *     learning_rates: at the start, in the order of the result.
   *     epochs: passes over the rows.
   *     batch_size: rows of a step; the last step of an epoch has what is left.
   *     momentum: of SGD, without Nesterov's change.
   *     weight_decay: of weights and biases.
   *     drops: how often the learning rate is divided by 10.
   *     seed: of the weights at the start and the order of the rows.
   *     device: as PyTorch names it.
   *     threads: CPU threads.
   *     progress: called as progress(steps, total).
   *
   * Raises:
   *     InputError: the metric is unknown, or a row may have several labels.
   *     NonFiniteFeatures: a feature is NaN or infinite.
   */
  sgd: py.Callable<
    {
      order: ["metric", "features", "labels", "others"];
      params: {
        metric: string;
        features: py.Tensor;
        labels: py.Tensor;
        others: py.Sequence<py.Tuple<[py.Tensor, py.Tensor]>>;
        classes: number;
        learning_rates: py.Sequence<number>;
        epochs: number;
        batch_size: number;
        momentum: number;
        weight_decay: number;
        drops: number;
        seed: number;
        device: string;
        threads: number;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: py.List<Trial>;
    }
  >;
  /**
   * Fit a linear SVM for each class to the rows of all `sets`, and measure how they score others.
   *
   * Rows are x / (||x||_2 + 1e-5), in float64, and are all kept in memory. An SVM minimises
   * ||w||^2 / 2 + b^2 / 2 + cost * sum of weight * max(0, 1 - y (w.x + b))^2, where the weight is 2
   * for rows that have the class (y = 1) and 1 for others (y = -1). The cost of a class is the one
   * with the largest mean average precision over `folds` parts, each scored by the SVM of the
   * others; of equals, the smallest. Parts are stratified; there are fewer where the class has fewer
   * rows, and where it has one the smallest cost is taken. Then the SVM is fitted to all rows.
   *
   * It is scikit-learn's LinearSVC by its primal solver: the minimum is that of the dual one, which
   * draws from a generator that all threads of a process share.
   *
   * Args:
   *     metric: a key of METRICS.
   *     sets: pairs of float32 N x D features and labels, int64 N or uint8 N x C. What is difficult
   *         to see counts as not there.
   *     others: pairs of features and labels to measure.
   *     classes: C.
   *     costs: to choose from.
   *     folds: of the cross-validation.
   *     threads: classes that are fitted at once.
   *     progress: called as progress(done, total), in costs of classes.
   *
   * Raises:
   *     InputError: the metric is unknown, or no class can be told from others.
   *     NonFiniteFeatures: a feature is NaN or infinite.
   */
  svm: py.Callable<
    {
      order: ["metric", "sets", "others"];
      params: {
        metric: string;
        sets: py.Sequence<py.Tuple<[py.Tensor, py.Tensor]>>;
        others: py.Sequence<py.Tuple<[py.Tensor, py.Tensor]>>;
        classes: number;
        costs: py.Sequence<number>;
        folds: number;
        threads: number;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: SvmOutcome;
    }
  >;
  /**
   * Fit one probe for each cost, and measure how each scores the other rows.
   *
   * Args:
   *     probe: a key of PROBES.
   *     metric: a key of METRICS.
   *     features: float32 N x D, to fit.
   *     labels: int64 N, or uint8 N x C.
   *     others: pairs of features and labels to measure.
   *     classes: C.
   *     costs: inverse strengths of the penalty, in the order of the result.
   *     device: as PyTorch names it.
   *     threads: CPU threads.
   *     folder: for what is as large as the features (see `scratch`).
   *     max_iterations: of the optimiser.
   *     progress: called as progress(done, total), in costs.
   *
   * Raises:
   *     InputError: the probe or the metric is unknown or takes no such labels.
   *     NonFiniteFeatures: a feature is NaN or infinite.
   */
  sweep: py.Callable<
    {
      order: ["probe", "metric", "features", "labels", "others"];
      params: {
        probe: string;
        metric: string;
        features: py.Tensor;
        labels: py.Tensor;
        others: py.Sequence<py.Tuple<[py.Tensor, py.Tensor]>>;
        classes: number;
        costs: py.Sequence<number>;
        device: string;
        threads: number;
        folder?: string | null;
        max_iterations?: number;
        progress?: py.Callable<py.Anything<null>> | null;
      };
      returns: py.List<Outcome>;
    }
  >;
}

// --- clusterfit.representations

/**
 * What features say without labels: of how many dimensions they make use, and who is near whom.
 *
 * Shape suffixes: N rows, D dimensions, T rows of a tile, R rows that are compared, K neighbours.
 */
export interface Representations extends py.Module<"clusterfit.representations"> {
  /**
   * Return the effective rank of float32 N x D features around their mean: from 1 to D.
   *
   * It is the exponential of the entropy of the singular values, divided by their sum (Roy and
   * Vetterli, The effective rank: a measure of effective dimensionality, EUSIPCO 2007): D where all
   * directions vary alike, 1 where one does; 0 where all rows are equal. The scatter matrix is
   * summed in float64, a tile at a time; what rounding leaves of its eigenvalues counts as 0.
   *
   * Raises:
   *     InputError: they are no matrix.
   *     NonFiniteFeatures: a feature is NaN or infinite.
   */
  effective_rank: py.Callable<
    { order: ["features"]; params: { features: py.Tensor; threads: number }; returns: number }
  >;
  /**
   * Return how many of a row's nearest neighbours two sets of features share, in percent.
   *
   * The mean, over rows, of the share of the `neighbours` nearest other rows by cosine that are
   * nearest in both (mutual nearest-neighbour alignment: Huh et al., The Platonic Representation
   * Hypothesis, ICML 2024). Of more than `limit` rows that many are drawn by `seed`, and neighbours
   * are sought among them. Computed in float64; of equally near rows any may be taken.
   *
   * Args:
   *     first: float32 N x D.
   *     second: float32 N x E, of the same rows.
   *     neighbours: of each row, fewer than the rows that are compared.
   *     limit: rows that are compared at most.
   *     seed: of the rows that are drawn.
   *     threads: CPU threads.
   *
   * Raises:
   *     InputError: the features are not of the same rows, or of too few.
   *     NonFiniteFeatures: a feature is NaN or infinite.
   */
  neighbour_agreement: py.Callable<
    {
      order: ["first", "second"];
      params: {
        first: py.Tensor;
        second: py.Tensor;
        neighbours: number;
        limit: number;
        seed: number;
        threads: number;
      };
      returns: number;
    }
  >;
}

// --- clusterfit.tensorboard

/**
 * A new event file in a folder, which TensorBoard shows as a run.
 *
 * It is written by the calling thread: what the disk refuses is raised by the call that met it.
 */
export interface EventFile extends py.Instance<"clusterfit.tensorboard.EventFile"> {
  /**
   * Append points to a curve: their steps, values, and times in seconds since 1970.
   *
   * Raises:
   *     FileError: the file cannot be written.
   */
  add: py.Callable<
    {
      order: ["tag", "steps", "values", "times"];
      params: {
        tag: string;
        steps: py.Sequence<number>;
        values: py.Sequence<number>;
        times: py.Sequence<number>;
      };
      returns: null;
    }
  >;
  /** Close the file. */
  close: py.Callable<{ returns: null }>;
}

/** Event files for TensorBoard: numbers in, files out, without PyTorch. */
export interface Tensorboard extends py.Module<"clusterfit.tensorboard"> {
  EventFile: py.Class<EventFile, { order: ["folder"]; params: { folder: string } }>;
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
   * Write float32 rows T x D, those from `start` on, of the one tensor of a file.
   *
   * With the last of its `total` rows the file holds the bytes that `save` writes for the whole
   * tensor, which was never in memory. What the file holds behind `start` is replaced. The rows are
   * flushed to the disk. Returns what was written: with the first row the header, too.
   *
   * Raises:
   *     InputError: they are no such rows.
   *     FileError: the file cannot be written, or is not there although rows are.
   */
  append: py.Callable<
    {
      order: ["path", "name", "rows"];
      params: { path: string; name: string; rows: py.Tensor; total: number; start: number };
      returns: py.TypedDict<{
        bytes: number;
        sha256: string;
      }>;
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
  /**
   * Read what `save` was given as metadata; nothing where it was given none.
   *
   * Raises:
   *     FileError: there is no such file, or it is not whole.
   */
  metadata: py.Callable<
    { order: ["path"]; params: { path: string }; returns: py.Dict<string, unknown> }
  >;
  /** Return `array` as a tensor that shares its memory, or a copy where `dtype` differs. */
  tensor: py.Callable<
    {
      order: ["array", "dtype"];
      params: { array: py.NDArray; dtype?: string | null };
      returns: py.Tensor;
    }
  >;
  /**
   * Return a copy of the given rows, in the given order.
   *
   * Many float32 rows are returned in a file of `folder` (see `scratch`).
   *
   * Raises:
   *     FileError: the folder has no room for them.
   */
  take: py.Callable<
    {
      order: ["values", "rows", "folder"];
      params: { values: py.Tensor; rows: py.NDArray; folder?: string | null };
      returns: py.Tensor;
    }
  >;
}

// --- clusterfit.training

export type Precision = "float32" | "bfloat16";

export type Progress = py.Callable<py.Anything<null>>;

/**
 * A network, its optimiser and its place in the data.
 *
 * The place is one number, `step`, of which all that is read and drawn depends: see `Batches`. So
 * a trainer that was saved and loaded goes on exactly as one that was not, and the batches do not
 * depend on the device, the precision or the threads.
 */
export interface Trainer extends py.Instance<"clusterfit.training.Trainer"> {
  /** How many steps were trained so far. */
  readonly step: number;
  /** How many whole batches there are in the source. */
  readonly steps_per_epoch: number;
  /**
   * Train one step for each learning rate; return the means of the epoch so far.
   *
   * All steps of the latest step's epoch count, whether this trainer made them or the one whose
   * checkpoint was loaded. `progress(done, total, loss)` is called every few steps with the
   * latest batch's loss.
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
      returns: py.TypedDict<{
        loss: number;
        images: number;
        metrics: py.Dict<string, number>;
      }>;
    }
  >;
  /**
   * Write a checkpoint: weights, batch-norm statistics, momentum and step.
   *
   * The objective's own layers are in it, too; within an epoch also what that measured so far.
   */
  save: py.Callable<{ order: ["path"]; params: { path: string }; returns: null }>;
  /**
   * Go on from a checkpoint of a trainer that was made with the same arguments.
   *
   * Raises:
   *     FileError: the file is not whole, or belongs to another network or optimiser.
   */
  load: py.Callable<{ order: ["path"]; params: { path: string }; returns: null }>;
  /** Write the network alone, for `models.load`. */
  save_network: py.Callable<{ order: ["path"]; params: { path: string }; returns: null }>;
  /** Return what the objective is given at the next step. */
  batch: py.Callable<{ returns: Batch }>;
}

/** Stochastic gradient descent on an objective, resumable at any step bit for bit. */
export interface Training extends py.Module<"clusterfit.training"> {
  Trainer: py.Class<
    Trainer,
    {
      order: ["net", "source", "objective"];
      params: {
        net: Network;
        source: Source;
        objective: Objective;
        view: View;
        batch_size: number;
        momentum: number;
        weight_decay: number;
        nesterov: boolean;
        label_smoothing: number;
        augmentation: Augmentation;
        precision: "float32" | "bfloat16";
        device: string;
        seed: number;
        threads: number;
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
