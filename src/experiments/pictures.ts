/** What experiments on pictures of one's own have in common: their keys, and what these come to. */
import { z } from "zod";
import { side as iconSide } from "../data/icons/render.ts";
import type { World } from "../data/world.ts";
import type { PicturesAsked } from "../method/experiment.ts";
import { trainingSchema } from "../method/config.ts";
import type { Learner } from "../method/training.ts";
import { stepsOf } from "../method/paced.ts";
import { architectures, isSmall, isTrainable, readsClips } from "../models/architectures.ts";
import { asStored, type Preprocessing, type View } from "../models/view.ts";

const positive = z.int().positive();

export const pictureKeys = {
  /** Side in pixels of what the trained network reads; `auto`: 32 for small networks, 112 for clips, else 224. */
  size: z.union([z.literal("auto"), positive]).default("auto"),
  /** Name -> labelled pictures (docs/DATA.md) that the features are probed on. */
  target: z.record(z.string().regex(/^[a-z0-9][a-z0-9-]*$/), z.string()).default({}),
  /** Share of the pictures that may be bad: they are named and left out. Beyond it the run is refused. */
  maxBad: z.number().min(0).max(1).default(0.001),
  /** Seconds between two frames, where the pictures are videos. */
  interval: z.number().positive().default(1),
  /** Whether data sets of the paper may be other in size than they are there. */
  subset: z.boolean().default(false),
  /** Whether decoded pictures are kept on the disk; `auto`: where more than two epochs read them. */
  pack: z.union([z.literal("auto"), z.boolean()]).default("auto"),
};

/** How networks read videos: as the paper (section 4.1.2) unless said. */
const clipsSchema = z.strictObject({
  /** That follow each other and are read at once. */
  frames: positive.default(32),
  /** Those that the teacher reads, where it is another number: the paper's section 5 has 32 beside 8. */
  teacherFrames: positive.optional(),
  /** Clips of a video, evenly spread, whose features are averaged. */
  average: positive.default(6),
});

/** In the place of what other experiments have. */
export const insteadKeys = {
  /** Of networks of clips, which read videos. */
  clips: clipsSchema.optional(),
  /** Pictures (docs/DATA.md), or a data set of the catalogue. */
  data: z.string().default("icons"),
  /** Pictures to take, drawn by a fixed seed; all there are where null. */
  images: z.union([positive, z.null()]).default(null),
  arch: z.string()
    .refine(isTrainable, `it needs ${architectures.join(", ")}, torchvision:<name> or timm:<name>`)
    .default("resnet18"),
  /** `auto`: by the number of pictures (`src/method/paced.ts`). */
  training: trainingSchema.extend({
    batchSize: trainingSchema.shape.batchSize.unwrap().default("auto"),
    learningRate: trainingSchema.shape.learningRate.unwrap().default("auto"),
    warmupSteps: trainingSchema.shape.warmupSteps.unwrap().default("auto"),
  }).prefault({}),
};

/** The config of such an experiment, as far as it is alike in all of them. */
export type PictureConfig = z.infer<z.ZodObject<typeof pictureKeys & typeof insteadKeys>> & {
  readonly epochs: number;
};

/** Side in pixels of what the trained network reads. */
export function studentSize({ size, arch }: Pick<PictureConfig, "size" | "arch">): number {
  if (size !== "auto") return size;
  return isSmall(arch) ? 32 : readsClips(arch) ? 112 : 224;
}

/** Frames of a clip, and clips of a video. */
export function clipsOf({ clips }: Pick<PictureConfig, "clips">): Pick<View, "clips" | "frames"> {
  const { frames, average } = clips ?? clipsSchema.parse({});
  return { frames, clips: average };
}

/** How the trained network reads a row: icons of the size that they have, else resized and cropped; of videos, clips. */
export function studentView(
  config: Pick<PictureConfig, "data" | "size" | "arch" | "clips">,
): View {
  const size = studentSize(config);
  if (readsClips(config.arch)) return { size, ...clipsOf(config) };
  return config.data === "icons" && size === iconSide ? asStored : { ...asStored, size };
}

/** How its teacher reads a row where it is trained here, or reads clips: as the student, but for the frames. */
export function teacherView(config: Parameters<typeof studentView>[0]): View {
  const view = studentView(config);
  const frames = config.clips?.teacherFrames;
  return view.frames === null || frames === undefined ? view : { ...view, frames };
}

/** How the pictures are made: stored as a given teacher resizes them, and as large as the trained network reads
 * them. `least`: side in pixels that another training reads, if any. */
export function picturesOf(
  config: PictureConfig,
  teacher?: Preprocessing,
  least = 0,
): PicturesAsked {
  const { target: targets, interval, subset, maxBad, images, pack, epochs, arch } = config;
  const { resize = 0, interpolation = "bilinear" } = teacher ?? {};
  const decoding = { side: Math.max(resize, studentSize(config), least), interpolation };
  const kept = pack === "auto" ? epochs > 2 : pack;
  return {
    ...{ targets, interval, subset, options: { decoding, pack: kept, maxBad, images } },
    ...(readsClips(arch) && { clips: true }),
  };
}

/** What a run's first line says of its trainings. */
export function trainingFacts(
  config: PictureConfig,
  { rows }: Pick<World, "rows">,
  { training: { batchSize } }: Pick<Learner, "training">,
): readonly (readonly [name: string, value: string])[] {
  const { clips, frames } = studentView(config);
  const steps = stepsOf(rows, config.epochs, batchSize);
  return [
    ["size", `${studentSize(config)} pixels`],
    ...(frames === null ? [] : [["clips", `${clips} of ${frames} frames`] as const]),
    ["batch", String(batchSize)],
    ["steps", steps.toLocaleString("en")],
  ];
}
