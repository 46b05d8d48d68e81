/** The shape of `summary.json`: all that an experiment measured, deterministic. Report, terminal, server and
 * `--json` are views of it. */
import { z } from "zod";
import { measurementSchema } from "./measurement.ts";
import { pointSchema } from "./point.ts";
import { studySchema, targetSchema } from "./study.ts";

const whose = { arm: z.string(), at: pointSchema, seed: z.int() };

export const curvePointSchema = z.object({
  epoch: z.int(),
  loss: z.number(),
  /** Percent correct on the training task; null for an objective that answers nothing. */
  accuracy: z.number().nullable(),
  learningRate: z.number(),
});

/** A training curve. */
export const seriesSchema = z.object({ ...whose, points: z.array(curvePointSchema) });

export const clusteringSchema = z.object({
  ...whose,
  k: z.int(),
  points: z.int(),
  iterations: z.int(),
  /** Sum of squared distances to the assigned centroid over all rows, float64. */
  objective: z.number(),
  sizes: z.array(z.int()),
  /** Clusters without an image. */
  empty: z.int(),
  /** Images whose features equal those of no earlier one. */
  distinct: z.int(),
  /** Node id whose artifact holds `sheet.png` and `sheet.json`; null where none was drawn. */
  sheet: z.string().nullable(),
});

/** A target as it was when it was probed. */
export const measuredTargetSchema = targetSchema.extend({
  metric: z.string(),
  classes: z.int(),
  train: z.int(),
  validation: z.int(),
  test: z.int(),
  /** Of the pictures of the test part, those that are among the ones trained on; absent where it was not counted. */
  seen: z.int().optional(),
});

const schema = z.object({
  schema: z.literal(3),
  study: studySchema,
  targets: z.array(measuredTargetSchema),
  measurements: z.array(measurementSchema),
  series: z.array(seriesSchema),
  clusterings: z.array(clusteringSchema),
  /** Networks: node id of the artifact of each arm, point and seed. */
  networks: z.array(z.object({ ...whose, node: z.string() })),
  /** What is missing because a stage failed, by the node that should have made it. */
  missing: z.array(z.object({ ...whose, node: z.string() })),
});

export type CurvePoint = z.infer<typeof curvePointSchema>;
export type Series = z.infer<typeof seriesSchema>;
export type Clustering = z.infer<typeof clusteringSchema>;
export type MeasuredTarget = z.infer<typeof measuredTargetSchema>;
/**
 * What the schema gives.
 *
 * @internal
 */
type Parsed = z.infer<typeof schema>;

/** All that an experiment measured. */
export type Summary = Parsed;

/**
 * Checks a summary.json that was read.
 *
 * @example Of the file of a run
 * ```ts
 * import { openRun, summarySchema } from "clusterfit";
 *
 * const run = await openRun("runs/mine");
 * const text = await Deno.readTextFile(await run.artifactFile("summary", "summary.json"));
 * console.log(summarySchema.parse(JSON.parse(text)).study.experiment); // default
 * ```
 */
export const summarySchema: SummarySchema = schema;

/**
 * Takes JSON.
 *
 * @internal
 */
export type SummarySchema = z.ZodType<Summary>;
