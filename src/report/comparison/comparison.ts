/** Runs beside each other, as plain JSON: what the terminal, the page and the API show of a comparison. A list with a
 * place for each run has them in the order in which they were named. */
import { z } from "zod";
import type { Estimate } from "../../results/estimate.ts";
import { pointSchema } from "../../results/point.ts";
import { curvePointSchema } from "../../results/summary.ts";

/** How many runs can stand beside each other: their colours are still told apart. */
export const mostRuns = 8;

const differenceSchema = z.object({
  name: z.string().describe(`The key, dotted: "training.learningRate"`),
  values: z.array(z.string().nullable()).describe("Of each run; null where a run has no such key"),
});

const estimateSchema = z.object({
  mean: z.number(),
  spread: z.number().nullable().describe(
    "Sample standard deviation over the seeds; null for one seed",
  ),
});

const scoreSchema = estimateSchema.extend({
  values: z.array(z.object({ seed: z.int(), value: z.number() })).describe("Of each seed"),
  layer: z.string().describe("Of the network whose features were probed"),
  testRows: z.int().describe("Rows of the test part"),
  baseline: z.number().nullable().describe(
    "What a constant answer scores; null where there is none",
  ),
  converged: z.boolean().describe(
    "Whether the probe of each seed came within its tolerance, where it has one",
  ),
});

/** A run minus the first one, paired by the seeds that both have. */
const gainSchema = estimateSchema.extend({
  seeds: z.array(z.int()),
  margin: z.number().describe("What the difference has to exceed"),
  verdict: z.enum(["higher", "lower", "equal", "undecided"]).describe(
    `"higher" and "lower": by more than the margin. "equal": to the last digit, at each seed`,
  ),
});

const rowSchema = z.object({
  arm: z.string().describe("Id of the arm"),
  at: pointSchema.describe("On the axes on which one of the runs has several values"),
  title: z.string().describe(`For people: "Ncf, K 400"`),
  armTitle: z.string().describe(`"Ncf"`),
});

const scoreRowSchema = rowSchema.extend({
  target: z.string(),
  targetTitle: z.string(),
  metric: z.string(),
  scores: z.array(scoreSchema.nullable()).describe("Of each run; null where it was not measured"),
  gains: z.array(gainSchema.nullable()).describe(
    "Of each run against the first one; null for the first one itself, and where they cannot be compared",
  ),
});

const featureRowSchema = rowSchema.extend({
  metric: z.string().describe(`"effective-rank", in dimensions; "neighbour-agreement", in percent`),
  metricTitle: z.string().describe("Of the metric, for people"),
  values: z.array(estimateSchema.nullable()).describe(
    "Of each run; null where it was not measured",
  ),
});

const curveSchema = rowSchema.extend({
  run: z.int().describe("Place of its run"),
  task: z.string().describe(
    "What the network is trained on: losses of two tasks are not comparable",
  ),
  seed: z.int(),
  points: z.array(curvePointSchema),
});

const runSchema = z.object({
  name: z.string().describe("Of its folder"),
  title: z.string(),
  experiment: z.string().nullable().describe("Null where its record says nothing readable of it"),
  state: z.enum([
    ...["waiting", "running", "finished", "stopped", "failed", "interrupted", "damaged"] as const,
  ]),
  message: z.string().nullable().describe("Why it failed, or what is damaged"),
  facts: z.array(z.tuple([z.string(), z.string()])).describe(
    `What tells it from others of its title: ["K", "20"]`,
  ),
  createdAt: z.string().nullable().describe("ISO 8601, UTC"),
  seconds: z.number().nullable().describe("That processes worked on it, up to its last event"),
  stagesDone: z.int(),
  stagesReused: z.int().describe(
    "Those of them that were there already, made by no attempt of this run",
  ),
  stagesTotal: z.int(),
  command: z.array(z.string()).nullable(),
  measured: z.boolean().describe("Whether it has published what it measured"),
});

const schema = z.object({
  runs: z.array(runSchema).min(2).max(mostRuns),
  config: z.array(differenceSchema.extend({
    asked: z.array(z.boolean()).describe(
      "Whether each run was asked for it: else its value is the default",
    ),
  })).describe("Keys of the config whose values differ"),
  resolved: z.array(differenceSchema).describe("What `auto` became, where it differs"),
  versions: z.array(differenceSchema).describe(
    "Of the attempts at each run, where they differ; several of one run with a comma between",
  ),
  hardware: z.array(differenceSchema),
  scores: z.array(scoreRowSchema).describe("By target and metric, then by arm and point"),
  features: z.array(featureRowSchema).describe("Measures of features alone"),
  verdicts: z.array(z.string()).describe("A sentence for each run but the first one"),
  curves: z.array(curveSchema).describe("Of networks under way as far as they are trained"),
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
