/** Runs beside each other, as plain JSON: what the terminal, the page and the API show of a comparison. A list with a
 * place for each run has them in the order in which they were named. */
import { z } from "zod";
import type { Estimate } from "../../results/estimate.ts";
import { pointSchema } from "../../results/point.ts";
import { curvePointSchema } from "../../results/summary.ts";

/** How many runs can stand beside each other: their colours are still told apart. */
export const mostRuns = 8;

const differenceSchema = z.object({
  /** The key, dotted: "training.learningRate". */
  name: z.string(),
  /** Of each run; null where a run has no such key. */
  values: z.array(z.string().nullable()),
});

const estimateSchema = z.object({
  mean: z.number(),
  /** Sample standard deviation over the seeds; null for one seed. */
  spread: z.number().nullable(),
});

const scoreSchema = estimateSchema.extend({
  /** The value of each seed. */
  values: z.array(z.object({ seed: z.int(), value: z.number() })),
  /** Of the network whose features were probed. */
  layer: z.string(),
  /** Rows of the test part. */
  testRows: z.int(),
  /** What a constant answer scores; null where there is none. */
  baseline: z.number().nullable(),
  /** Whether the probe of each seed came within its tolerance, where it has one. */
  converged: z.boolean(),
});

/** A run minus the first one, paired by the seeds that both have. */
const gainSchema = estimateSchema.extend({
  seeds: z.array(z.int()),
  /** What the difference has to exceed. */
  margin: z.number(),
  /** "higher" and "lower": by more than the margin. "equal": to the last digit, at each seed. */
  verdict: z.enum(["higher", "lower", "equal", "undecided"]),
});

const rowSchema = z.object({
  /** Id of the arm. */
  arm: z.string(),
  /** On the axes on which one of the runs has several values. */
  at: pointSchema,
  /** For people: "Ncf, K 400". */
  title: z.string(),
  /** "Ncf" */
  armTitle: z.string(),
});

const scoreRowSchema = rowSchema.extend({
  target: z.string(),
  targetTitle: z.string(),
  metric: z.string(),
  /** Of each run; null where it was not measured. */
  scores: z.array(scoreSchema.nullable()),
  /** Of each run against the first one; null for the first one itself, and where they cannot be compared. */
  gains: z.array(gainSchema.nullable()),
});

const featureRowSchema = rowSchema.extend({
  /** "effective-rank", in dimensions; "neighbour-agreement", in percent. */
  metric: z.string(),
  /** Of the metric, for people. */
  metricTitle: z.string(),
  /** Of each run; null where it was not measured. */
  values: z.array(estimateSchema.nullable()),
});

const curveSchema = rowSchema.extend({
  /** Place of its run. */
  run: z.int(),
  /** What the network is trained on: losses of two tasks are not comparable. */
  task: z.string(),
  seed: z.int(),
  points: z.array(curvePointSchema),
});

const runSchema = z.object({
  /** Of its folder. */
  name: z.string(),
  title: z.string(),
  /** Null where its record says nothing readable of it. */
  experiment: z.string().nullable(),
  state: z.enum([
    ...["waiting", "running", "finished", "stopped", "failed", "interrupted", "damaged"] as const,
  ]),
  /** Why it failed, or what is damaged. */
  message: z.string().nullable(),
  /** What tells it from others of its title: ["K", "20"]. */
  facts: z.array(z.tuple([z.string(), z.string()])),
  createdAt: z.string().nullable(),
  /** That processes worked on it, up to its last event. */
  seconds: z.number().nullable(),
  stagesDone: z.int(),
  /** Those of them that were there already, and took no time. */
  stagesReused: z.int(),
  stagesTotal: z.int(),
  command: z.array(z.string()).nullable(),
  /** Whether it has published what it measured. */
  measured: z.boolean(),
});

const schema = z.object({
  runs: z.array(runSchema).min(2).max(mostRuns),
  /** Keys of the config whose values differ. */
  config: z.array(differenceSchema.extend({
    /** Whether each run was asked for it: else its value is the default. */
    asked: z.array(z.boolean()),
  })),
  /** What `auto` became, where it differs. */
  resolved: z.array(differenceSchema),
  /** Of the attempts at each run, where they differ; several of one run with a comma between. */
  versions: z.array(differenceSchema),
  hardware: z.array(differenceSchema),
  /** By target and metric, then by arm and point. */
  scores: z.array(scoreRowSchema),
  /** Measures of features alone. */
  features: z.array(featureRowSchema),
  /** A sentence for each run but the first one. */
  verdicts: z.array(z.string()),
  /** Of networks under way as far as they are trained. */
  curves: z.array(curveSchema),
});

export type ComparedValue = z.infer<typeof differenceSchema>;
export type ComparedScore = z.infer<typeof scoreSchema>;
export type ComparedGain = z.infer<typeof gainSchema>;
export type ScoreComparison = z.infer<typeof scoreRowSchema>;
export type FeatureComparison = z.infer<typeof featureRowSchema>;
export type ComparedCurve = z.infer<typeof curveSchema>;
export type RunFacts = z.infer<typeof runSchema>;

/**
 * What the schema gives.
 *
 * @internal
 */
type Parsed = z.infer<typeof schema>;

/** Runs beside each other. */
export type Comparison = Parsed;

/** What the API says of it. */
export const comparisonSchema: z.ZodType<Comparison> = schema.meta({ id: "Comparison" });

/** The name of a run in tables and charts: A, B, ... */
export function runLetter(at: number): string {
  return String.fromCharCode("A".charCodeAt(0) + at);
}

/** A mean with its spread as tables take it; none where there is none. */
export function estimateOf(
  value: z.infer<typeof estimateSchema> | null | undefined,
): Estimate | undefined {
  if (!value) return undefined;
  const { mean, spread } = value;
  return spread === null ? { mean } : { mean, spread };
}

/** Places of the runs that differ from the first one by a number in some row. */
export function comparedRuns({ runs, scores }: Comparison): number[] {
  return [...runs.keys()].filter((at) => scores.some(({ gains }) => gains[at]));
}
