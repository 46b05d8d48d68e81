/** One number that an experiment measured, with everything that it depends on. */
import { z } from "zod";
import { pointSchema } from "./point.ts";

/** What one probe of one network said; `summarise` adds whose it is. */
export const scoreSchema = z.object({
  /** "all": every row of the data set that features are clustered on. */
  part: z.enum(["train", "validation", "test", "all"]),
  layer: z.string(),
  /** Numbers that the layer was pooled to at most; null: global average. */
  budget: z.int().nullable(),
  /** Null where nothing is fitted. */
  probe: z.string().nullable(),
  metric: z.string(),
  /** What a constant answer scores: of the most frequent training class; null where there is none. */
  baseline: z.number().nullable(),
  /** Whether the fit came within its tolerance; null for a probe that is not fitted, or not to a tolerance. */
  converged: z.boolean().nullable(),
  /** How often its loss was computed; null for a probe that is not fitted. */
  evaluations: z.int().nullable(),
  /** What was chosen for the fit without a look at the test rows, for people: its value, or that of each class.
   * Not said of the cost of a logistic regression. */
  chosen: z.object({
    /** "learning rate" */
    name: z.string(),
    /** "on validation rows" */
    by: z.string(),
    values: z.array(z.number()),
  }).optional(),
  /** Of the layers that were probed beside each other, the best one by validation rows, where that is asked: the score
   * that tables and claims speak of. */
  best: z.literal(true).optional(),
  /** Percent; of a measure of the features alone, what its metric counts. */
  value: z.number(),
});

export const measurementSchema = scoreSchema.extend({
  arm: z.string(),
  /** The point, by the axes of the arm's lineage. */
  at: pointSchema,
  seed: z.int(),
  /** Null for a measure of the features alone. */
  target: z.string().nullable(),
  /** Id of the arm whose features they are compared with, where they are. */
  reference: z.string().optional(),
});

export type Score = z.infer<typeof scoreSchema>;
export type Measurement = z.infer<typeof measurementSchema>;
