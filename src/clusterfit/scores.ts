/** `scores.json` of an artifact of the kind "scores": one network on every target. */
import { z } from "zod";

export const targetScoreSchema = z.object({
  name: z.string(),
  title: z.string(),
  classes: z.int(),
  train: z.int(),
  test: z.int(),
  /** Percent correct on the test rows, at the cost that was best on the validation rows. */
  testAccuracy: z.number(),
  /** Percent correct on the test rows when the most frequent training class is always answered. */
  chance: z.number(),
  cost: z.number(),
  /** Every cost tried, with percent correct on the validation rows. */
  sweep: z.array(z.object({ cost: z.number(), validationAccuracy: z.number() })),
});

export const scoresSchema = z.object({
  targets: z.array(targetScoreSchema),
  layerwise: z.object({
    target: z.string(),
    layers: z.array(z.string()),
    /** Percent correct on the test rows, per layer. */
    testAccuracies: z.array(z.number()),
  }),
});

export type TargetScore = z.infer<typeof targetScoreSchema>;
export type Scores = z.infer<typeof scoresSchema>;
