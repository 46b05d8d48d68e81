/** `clusterfit.data`: sources of images, and how a network reads them. */
import { kw, type py, type PyObject, python } from "../python/mod.ts";
import { call, job } from "./call.ts";
import type { Augmentation, Engine, Indexed, Piece, TensorFile, View } from "./engine.ts";
import { sourceOf, tensorOf, wrapSource, wrapTensor } from "./handles.ts";
import type * as own from "./py.ts";
import { indices } from "./tensors.ts";

const module = () => python.import<own.Data>("clusterfit.data");

export const data: Engine["data"] = {
  packed: (images) =>
    wrapSource(call(module(), "make", "packed", kw({ images: tensorOf(images) }))),

  clips: (images) => wrapSource(call(module(), "make", "clips", kw({ images: tensorOf(images) }))),

  pixels(path, shapes) {
    const given = { pixels: path, ...tensorsOf(shapes, ["offsets", "heights", "widths"]) };
    return wrapSource(call(module(), "make", "pixels", kw(given)));
  },

  files(places, { side, interpolation }) {
    const given = { side, interpolation, ...tensorsOf(places, placeTensors) };
    return wrapSource(call(module(), "make", "files", kw(given)));
  },

  videos(keys, videos) {
    return wrapSource(
      call(module(), "make", "videos", kw({ keys, ...tensorsOf(videos, videoTensors) })),
    );
  },

  async indexVideos(paths, keys, watch) {
    const keywords = kw({ keys: keys?.path ?? null, start: keys?.start ?? 0 });
    const { videos, ...written } = await job(
      module(),
      "index_videos",
      [[...paths], keywords],
      watch,
    );
    return { ...written, pictures: videos.map(toIndexed) };
  },

  async index(pieces, { side, interpolation, pixels }, watch) {
    const { path = null, start = 0 } = pixels ?? {};
    const keywords = kw({ side, interpolation, pixels: path, start });
    const block = await job(module(), "index", [pieces.map(toPython), keywords], watch);
    return { ...block, pictures: block.pictures.map(toIndexed) };
  },

  async read(source, rows, view) {
    using through = viewOf(view);
    using chosen = indices(rows);
    return wrapTensor(await job(sourceOf(source), "batch", [chosen, through, null]));
  },
};

const placeTensors = [
  ...["paths", "ends", "files", "offsets", "lengths", "digests", "heights", "widths"],
];

const videoTensors = [
  ...["paths", "ends", "key_counts", "lengths", "frames", "heights", "widths"],
];

function tensorsOf(file: TensorFile, names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, tensorOf(file.get(name))]));
}

function toPython({ file, range, seconds }: Piece) {
  return { file, offset: range?.offset ?? null, bytes: range?.bytes ?? null, seconds };
}

function toIndexed(found: py.Js<own.Picture | own.Video | own.Bad>): Indexed {
  if ("reason" in found) return found;
  const { stored_width: storedWidth, stored_height: storedHeight, ...rest } = found;
  if (!("frames" in rest)) return { ...rest, storedWidth, storedHeight };
  const { frames, rate, keys, ...picture } = rest;
  return { ...picture, storedWidth, storedHeight, video: { frames, rate, keys } };
}

/** The view as Python's own; dispose it. */
export function viewOf({ size, clips, frames, preprocessing }: View): PyObject<own.View> {
  if (!preprocessing) return module().method("View", size, clips, frames);
  using how = preprocessingOf(preprocessing);
  return module().method("View", size, clips, frames, how);
}

/** Likewise, how a network that was trained elsewhere reads images. */
export function preprocessingOf(
  { resize, interpolation, mean, std }: NonNullable<View["preprocessing"]>,
): PyObject<own.Preprocessing> {
  return module().method("Preprocessing", resize, interpolation, [...mean], [...std]);
}

/** What happens to training images as Python's own; dispose it. */
export function augmentationOf(given: Augmentation): PyObject<own.Augmentation> {
  const { crop, shift, flip, colourJitter, grey, blur } = given;
  using open = new DisposableStack();
  const from = module();
  return from.method(
    "Augmentation",
    kw({
      ...(crop && { crop: open.use(cropOf(crop)) }),
      ...(shift !== undefined && { shift }),
      ...(flip !== undefined && { flip }),
      ...(colourJitter && {
        colour_jitter: open.use(from.method("ColourJitter", kw({ ...colourJitter }))),
      }),
      ...(grey !== undefined && { grey }),
      ...(blur && { blur: open.use(from.method("Blur", blur.probability, [...blur.sigma])) }),
    }),
  );
}

function cropOf(
  { scale, ratio, anywhere = false }: NonNullable<Augmentation["crop"]>,
): PyObject<own.Crop> {
  return module().method("Crop", [...scale], [...ratio], anywhere);
}
