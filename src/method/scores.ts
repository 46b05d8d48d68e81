/** `scores.json` of an artifact of the kind "scores": one network on every target. */
import { z } from "zod";

/** How the fit of a probe ended. */
const fitSchema = z.object({
  /** How often the loss was computed. */
  evaluations: z.int(),
  /** Whether the gradient came within the tolerance before the limit of iterations. */
  converged: z.boolean(),
});

const probeScoreSchema = fitSchema.extend({
  /** Percent correct on the test rows, at the cost that was best on the validation rows. */
  testAccuracy: z.number(),
  cost: z.number(),
  /** Every cost tried, with percent correct on the validation rows. */
  sweep: z.array(fitSchema.extend({ cost: z.number(), validationAccuracy: z.number() })),
});

export const targetScoreSchema = probeScoreSchema.extend({
  name: z.string(),
  title: z.string(),
  classes: z.int(),
  train: z.int(),
  test: z.int(),
  /** Percent correct on the test rows when the most frequent training class is always answered. */
  majorityBaseline: z.number(),
});

export const scoresSchema = z.object({
  targets: z.array(targetScoreSchema),
  layerwise: z.object({
    target: z.string(),
    layers: z.array(z.string()),
    /** One probe per layer. */
    probes: z.array(probeScoreSchema),
  }),
});

export type ProbeScore = z.infer<typeof probeScoreSchema>;
export type TargetScore = z.infer<typeof targetScoreSchema>;
export type Scores = z.infer<typeof scoresSchema>;
