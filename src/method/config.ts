/** What every experiment lets its user choose, with the defaults, as parts of a typed config. An experiment adds
 * keys of its own: its axes, its teacher. */
import { z } from "zod";
import { dataSetNames } from "../data/catalogue.ts";
import { architectures } from "../models/architectures.ts";
import { clipSchema } from "./clip_settings.ts";
import { probeSchema } from "./probe_settings.ts";
import { usual } from "./paced.ts";
import { recipeSchema } from "./recipes.ts";
import { scheduleSchema } from "./schedule.ts";
import type { AxisSchema, Keys, ObjectSchema, Schema } from "./schema_types.ts";

const positive = z.int().positive();
const auto = z.literal("auto");

/** A value of an experiment that may be several: `500`, or `[250, 500, 1000]` for an axis. */
export function axis<T extends Schema>(value: T): AxisSchema<T> {
  return z.preprocess(
    (given: z.input<T> | readonly z.input<T>[] | undefined) =>
      Array.isArray(given) || given === undefined ? given : [given],
    z.array(value).min(1)
      .refine((values) => new Set(values).size === values.length, "it needs each value once"),
  );
}

/**
 * Clusters.
 *
 * @example In a config
 * ```ts
 * import { clusterCount } from "clusterfit";
 *
 * console.log(clusterCount.safeParse(1).success); // false
 * ```
 */
export const clusterCount: Schema<number, number> = z.int().min(2, "k-means needs k >= 2");

/** Hyper-parameters of every training of a run: the same for all arms (paper, section 4, "Common CF Setting").
 * The defaults are chosen in docs/EXPERIMENT.md. `auto` follows the number of images (`paced.ts`). */
export const trainingSchema = z.strictObject({
  batchSize: z.union([auto, positive]).default(usual.batchSize),
  learningRate: z.union([auto, z.number().positive()]).default(usual.learningRate),
  warmupSteps: z.union([auto, z.int().min(0)]).default(usual.warmupSteps),
  momentum: z.number().min(0).lt(1).default(0.9),
  nesterov: z.boolean().default(true),
  weightDecay: z.number().min(0).default(5e-4),
  /** How the learning rate falls behind the warm-up. */
  schedule: scheduleSchema.default("cosine"),
  /** What happens to training images (`recipes.ts`). */
  recipe: recipeSchema.default("auto"),
  /** Of the recipe "icons": random shift of each image, pixels. */
  shift: z.int().min(0).default(3),
});

const shape = {
  /** Dpre = Dcf and the targets. */
  data: z.enum(dataSetNames).default("icons"),
  /** torchvision's networks, or their kind for small images. */
  arch: z.enum(architectures).default("resnet10-small"),
  /** Channels of res2; every later layer doubles them. `auto`: 16 for small images, else 64. */
  width: z.union([auto, positive]).default("auto"),
  /** Images in Dpre = Dcf. */
  images: positive.default(10_000),
  /** Names or emoji that a target is about; all there are where null. Smaller targets are quicker. */
  targetSize: z.union([positive, z.null()]).default(null),
  /** Names of the targets that are probed; those of the experiment where null, and none with []. */
  targets: z.union([
    z.array(z.string())
      .refine((names) => new Set(names).size === names.length, "it needs each target once"),
    z.null(),
  ]).default(null),
  /** Of clips: how networks read them. */
  clips: clipSchema.optional(),
  /** Passes over the images for Npre and for Ncf; Npre 2x gets the sum. */
  epochs: positive.default(24),
  seeds: z.array(z.int().min(0).max(2 ** 32 - 1)).min(1)
    .refine((seeds) => new Set(seeds).size === seeds.length, "it needs each seed once")
    .default([0]),
  training: trainingSchema.prefault({}),
  clustering: z.strictObject({
    iterations: positive.default(20),
    engine: z.enum(["auto", "faiss", "torch"]).default("auto"),
    /** Rows are divided by (l2 norm + 1e-5) first (paper, supplement D). */
    normalise: z.boolean().default(true),
    /** k-means of a random subset, whose centroids all images start from, in the place of `iterations` (paper,
     * supplement B: 200M of 1B images). */
    twoPhase: z.strictObject({
      /** Images. */
      subsample: positive,
      subsampleIterations: positive.default(30),
      /** Over all images. */
      fullIterations: positive.default(5),
    }).optional(),
    /** Starts of k-means, whose consensus is taken (paper, section 6). */
    consensus: z.int().min(2, "it needs 2 or more: one clustering is its own consensus").optional(),
    /** Labels that the clusters follow, too. */
    guide: z.strictObject({
      /** Which of the data set: "hashtags" of icons, "own" of pictures in folders or tables with labels. */
      labels: z.string(),
      /** 0 is plain k-means. */
      weight: z.number().min(0),
    }).optional(),
    /** Images of a cluster at most. */
    maxSize: positive.optional(),
    /** Likewise, as so many times images / K. */
    balance: z.number().min(1, "it needs 1 or more: K clusters have to hold all images").optional(),
  }).prefault({}),
  probe: probeSchema.prefault({}),
  device: z.union([
    auto,
    z.string().regex(/^(cpu|cuda(:(0|[1-9]\d{0,3}))?)$/, "it needs auto, cpu, cuda or cuda:<n>"),
  ])
    .default("auto"),
  precision: z.enum(["auto", "float32", "bfloat16"]).default("auto"),
  /** CPU threads of each stage. */
  threads: z.union([auto, positive.max(1024)]).default("auto"),
  /** Stages that may run at once. */
  workers: z.union([auto, positive]).default("auto"),
};

/**
 * The config that the keys give.
 *
 * @internal
 */
type Shape = z.infer<z.ZodObject<typeof shape>>;

/** Keys that say on what a run computes and how exactly, not what. */
export const machineKeys: ReadonlySet<string> = new Set<keyof Shape>(
  ["device", "precision", "threads", "workers"],
);

/** What all configs have; an experiment may take more for `data` and `arch`, and all there are for `images`. */
export type MethodConfig = Omit<Shape, "data" | "arch" | "images"> & {
  readonly data: string;
  readonly arch: string;
  readonly images: number | null;
};
export type TrainingConfig = MethodConfig["training"];

/**
 * The keys of an experiment: its own, and those that all others have.
 *
 * @internal
 */
type All<Own extends Keys, Instead extends Keys> =
  & Own
  & Omit<typeof shape, keyof Instead>
  & Instead;

/**
 * The config of an experiment: its own keys first, those of `instead` in the place of what all others have.
 *
 * @example A key of its own
 * ```ts
 * import { axis, clusterCount, experimentConfig } from "clusterfit";
 *
 * const schema = experimentConfig({ k: axis(clusterCount).prefault(100) });
 * console.log(schema.parse({}).k, schema.parse({ k: [50, 100] }).k); // [ 100 ] [ 50, 100 ]
 * ```
 */
export function experimentConfig<
  Own extends Keys,
  Instead extends Keys = Record<never, never>,
>(own: Own, instead: Instead = {} as Instead): ObjectSchema<All<Own, Instead>> {
  return z.strictObject(
    { ...own, ...shape, ...instead } as All<Own, Instead>,
  );
}
