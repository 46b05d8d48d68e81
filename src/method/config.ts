/** The configuration of a run: every choice with its default, checked before anything starts. */
import { distance } from "fastest-levenshtein";
import { z } from "zod";
import { dataSetNames } from "../data/catalogue.ts";
import type { JsonObject } from "../pipeline/json.ts";
import {
  architectures,
  defaultWidth,
  isSmall,
  smallArchitectures,
  widestLayer,
} from "./architectures.ts";
import { UserError } from "../pipeline/errors.ts";

const positive = z.int().positive();
const auto = z.literal("auto");

/** Hyper-parameters of every training of a run: the same for Npre, Npre 2x and Ncf (paper, section 4,
 * "Common CF Setting"). The defaults are chosen in docs/EXPERIMENT.md. */
const trainingSchema = z.strictObject({
  batchSize: positive.default(128),
  learningRate: z.number().positive().default(0.1),
  warmupSteps: z.int().min(0).default(100),
  momentum: z.number().min(0).lt(1).default(0.9),
  nesterov: z.boolean().default(true),
  weightDecay: z.number().min(0).default(5e-4),
  /** Random shift of each picture, pixels. */
  shift: z.int().min(0).default(3),
});

export const configSchema = z.strictObject({
  /** What Npre is trained on: 4-way rotation (paper, section 4.2) or one noisy name tag (section 4.1). */
  teacher: z.enum(["rotnet", "hashtags"]).default("rotnet"),
  /** Dpre = Dcf and the targets. */
  data: z.enum(dataSetNames).default("icons"),
  /** torchvision's networks, or their kind for small pictures. */
  arch: z.enum(architectures).default("resnet10-small"),
  /** Channels of res2; every later layer doubles them. `auto`: 16 for small pictures, else 64. */
  width: z.union([auto, positive]).default("auto"),
  /** Pictures in Dpre = Dcf. */
  images: positive.default(10_000),
  /** Names or emoji that a target is about; all there are where null. Smaller targets are quicker. */
  targetSize: z.union([positive, z.null()]).default(null),
  /** Passes over the pictures for Npre and for Ncf; Npre 2x gets the sum. */
  epochs: positive.default(24),
  /** Clusters. */
  k: z.int().min(2, "k-means needs k >= 2").default(500),
  seeds: z.array(z.int().min(0).max(2 ** 32 - 1)).min(1)
    .refine((seeds) => new Set(seeds).size === seeds.length, "each seed may occur once")
    .default([0]),
  training: trainingSchema.prefault({}),
  clustering: z.strictObject({
    iterations: positive.default(20),
    engine: z.enum(["auto", "faiss", "torch"]).default("auto"),
    /** Rows are divided by (l2 norm + 1e-5) first (paper, supplement D). */
    normalise: z.boolean().default(true),
  }).prefault({}),
  probe: z.strictObject({
    /** Inverse regularisation strengths tried; the best on the validation rows is tested. */
    costs: z.array(z.number().positive()).min(1).default([0.01, 0.03, 0.1, 0.3, 1]),
    /** Layers are pooled to at most this many features (paper notes: about 9000 at 224 pixels). */
    layerBudget: positive.default(1024),
  }).prefault({}),
  device: z.union([
    auto,
    z.string().regex(/^(cpu|cuda(:(0|[1-9]\d{0,3}))?)$/, "needs auto, cpu or cuda"),
  ])
    .default("auto"),
  precision: z.enum(["auto", "float32", "bfloat16"]).default("auto"),
  /** CPU threads of each stage. */
  threads: z.union([auto, positive.max(1024)]).default("auto"),
  /** Stages that may run at once. */
  workers: z.union([auto, positive]).default("auto"),
});

export type Config = z.infer<typeof configSchema>;
export type TrainingConfig = Config["training"];

export const defaultConfig: Config = configSchema.parse({});

/** Checks a config made of JSON values, or throws a UserError that names the key, what it needs, what it
 * got and, for an unknown key, the nearest known one. */
export function parseConfig(given: JsonObject): Config {
  const parsed = configSchema.safeParse(given);
  if (!parsed.success) throw new UserError(parsed.error.issues.map(explain(given)).join("\n"));
  const config = parsed.data;
  if (config.width !== "auto" && config.width !== 64 && !isSmall(config.arch)) {
    throw new UserError(
      `${config.arch} is torchvision's and needs width 64, got ${config.width}. ` +
        `Leave width out, or take one of ${smallArchitectures.join(", ")}.`,
    );
  }
  if (config.k > config.images) {
    throw new UserError(
      `k-means needs k <= number of pictures, got k = ${config.k} and images = ${config.images}. ` +
        "Give a smaller --k or a larger --set images=N.",
    );
  }
  const width = config.width === "auto" ? defaultWidth(config.arch) : config.width;
  const widest = widestLayer(config.arch, width);
  if (config.probe.layerBudget < widest) {
    throw new UserError(
      `Probing each layer needs probe.layerBudget >= ${widest}, the channels of the last layer of ` +
        `${config.arch} of width ${width}, got ${config.probe.layerBudget}. ` +
        `Give --set probe.layerBudget=${widest} or more${
          isSmall(config.arch) ? ", or a smaller width" : ""
        }.`,
    );
  }
  return config;
}

/** Every key that `--set` takes, dotted: `training.learningRate`; or those of another object. */
export function configKeys(value: JsonObject = defaultConfig, prefix = ""): string[] {
  return Object.entries(value).flatMap(([key, member]) =>
    isObject(member) && Object.keys(member).length > 0
      ? configKeys(member, `${prefix}${key}.`)
      : [`${prefix}${key}`]
  );
}

/** The known key nearest to `key`, by all of it or by its last part; a pointer to the list where none is
 * near. */
function suggestion(key: string): string {
  const [best] = configKeys()
    .map((known) => ({ known, edits: Math.min(typos(key, known), typos(last(key), last(known))) }))
    .sort((a, b) => a.edits - b.edits);
  return best && best.edits < Infinity ? `Did you mean ${best.known}?` : "(--help lists the keys)";
}

/** Edits from `word` to `known`; Infinity for so many that another word was meant. */
function typos(word: string, known: string): number {
  const edits = distance(word, known);
  return edits < word.length && edits <= Math.max(2, word.length / 3) ? edits : Infinity;
}

function last(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1);
}

type Issue = z.core.$ZodIssue;

const explain = (given: JsonObject) => (issue: Issue): string => {
  const path = issue.path.join(".");
  const found = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    given,
  );
  if (issue.code === "unrecognized_keys") {
    const unknown = issue.keys.map((key) => [key, (found as JsonObject)[key] ?? null]);
    return configKeys(Object.fromEntries(unknown), path && `${path}.`)
      .map((key) => `Unknown key "${key}". ${suggestion(key)}`).join("\n");
  }
  return `Bad value for ${path}: ${issue.message} (got ${shown(found)}).`;
};

/** A value for a message, cut where it is long. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
