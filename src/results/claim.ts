/** A claim: a sentence that an experiment may prove wrong, in a form that a program can judge. */
import { z } from "zod";
import { pointSchema } from "./point.ts";

/** Of which measurements: the test scores that tables compare (`comparedScores`) of one arm on one target, at every
 * point that agrees with `at`; averaged over those points, seed by seed. */
const seriesSchema = z.object({
  arm: z.string(),
  target: z.string(),
  at: pointSchema,
  /** In the place of what tables compare: this layer, pooled as those that were probed beside it. */
  layer: z.string().optional(),
});

const gapSchema = z.object({ above: seriesSchema, below: seriesSchema });

export const claimSchema = z.object({
  id: z.string(),
  /** The sentence: "Npre falls faster with noise than Ncf". */
  text: z.string(),
  /** Where the paper says so, and its numbers: "Figure 3, left: ...". */
  paper: z.string(),
  test: z.discriminatedUnion("kind", [
    /** `better` scores higher than `worse`. */
    z.object({ kind: z.literal("higher"), better: seriesSchema, worse: seriesSchema }),
    /** From the first value of the axis to the last, `more` loses more than `less`. */
    z.object({
      kind: z.literal("falls-more"),
      axis: z.string(),
      more: seriesSchema,
      less: seriesSchema,
    }),
    /** The score at the last value of the axis is higher than at the first. */
    z.object({ kind: z.literal("rises"), axis: z.string(), of: seriesSchema }),
    /** The line that fits the scores best (least squares), over the logarithm of the axis, rises: positive numbers. */
    z.object({ kind: z.literal("rises-with-log"), axis: z.string(), of: seriesSchema }),
    /** `above` is further above `below` in `wider` than in `narrower`. */
    z.object({ kind: z.literal("wider-gap"), wider: gapSchema, narrower: gapSchema }),
    /** `close` scores less than `points` below `to`, or above it. */
    z.object({
      kind: z.literal("within"),
      points: z.number().positive(),
      close: seriesSchema,
      to: seriesSchema,
    }),
  ]),
  /** What the author of the experiment expects at this scale. */
  expected: z.enum(["holds", "does not hold", "undecided"]),
});

export type ClaimSeries = z.infer<typeof seriesSchema>;
/**
 * What the schema gives.
 *
 * @internal
 */
type Parsed = z.infer<typeof claimSchema>;

/** A sentence that the results may prove wrong. */
export type Claim = Parsed;
