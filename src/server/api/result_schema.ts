/** The shape of what came of a run: `JsonResult`, which `--json` prints, for those that read it back. */
import { z } from "zod";
import type { JsonResult } from "../../report/json_result.ts";
import { claimSchema } from "../../results/claim.ts";
import { pointSchema } from "../../results/point.ts";

const seed = z.int();
const arm = z.string().describe("Id of the arm");
const at = pointSchema.meta({
  id: "Point",
  description: "Axis -> value: a place in the experiment",
});
const rows = z.int().nonnegative();

const estimateSchema = z.object({
  mean: z.number().describe("Over the seeds: percent, or points where it is a difference"),
  spread: z.number().nullable().describe(
    "Sample standard deviation over the seeds; null for one seed",
  ),
}).meta({ id: "Estimate" });

const gainSchema = estimateSchema.extend({
  margin: z.number().describe("A difference within it is undecided, points"),
}).meta({ id: "Gain", description: "A difference, paired by seed" });

const contrastSchema = z.object({
  target: z.string(),
  metric: z.string().describe("top-1, mAP"),
  testRows: rows,
  seen: rows.optional()
    .describe("Of them, those that were trained on; absent where it was not counted"),
  at,
  candidate: arm,
  scores: z.record(z.string(), estimateSchema.nullable())
    .describe("By id of the arm, the candidate's too; null where it was not measured"),
  gains: z.record(z.string(), gainSchema.nullable())
    .describe("Candidate minus the other arm; null where no seed has both"),
  outcome: z.enum(["won", "lost", "open"]),
  baseline: z.number().nullable().describe("What a constant answer scores, percent"),
  notConverged: z.array(z.object({ arm, seed, evaluations: z.int().nullable() }))
    .describe("Probes whose scores may be off"),
}).meta({ id: "Contrast", description: "A candidate beside the other arms, on one target" });

const clusteringSchema = z.object({
  ...{ arm, at, seed },
  k: z.int().describe("Clusters that were asked for"),
  points: rows.describe("Images"),
  empty: rows.describe("Clusters without an image"),
  distinct: rows.describe("Images whose features are those of no earlier one"),
}).meta({ id: "Clustering" });

/** `JsonResult` as it is read back. */
export const resultSchema = z.object({
  run: z.string(),
  seconds: z.number().describe("Seconds that a process was at work"),
  experiment: z.string(),
  scale: z.string().describe("Empty where the experiment has one only"),
  seeds: z.array(seed),
  targets: z.array(contrastSchema),
  claims: z.array(z.object({
    id: z.string(),
    verdict: claimSchema.shape.expected,
    expected: claimSchema.shape.expected,
    difference: gainSchema.nullable().describe("Null where no seed has all of it"),
    text: z.string().describe("The numbers behind the verdict"),
  })).describe("What was claimed before the run, and what became of it"),
  features: z.array(z.object({
    metric: z.string().describe("effective-rank in dimensions; neighbour-agreement in percent"),
    reference: z.string().nullable().describe("Arm that features are compared with, or null"),
    at,
    values: z.record(z.string(), estimateSchema.nullable()),
  })),
  clusterings: z.array(clusteringSchema),
  missing: z.array(z.object({ arm, at, seed, node: z.string() }))
    .describe("What failed stages should have made"),
}).meta({
  id: "Result",
  description: "What a run measured",
}) satisfies z.ZodType<JsonResult>;
