/** The difference of two scores, paired by seed, and whether it is more than noise. */
import { type Estimate, estimate, estimateGain } from "./estimate.ts";

/** Differences of a single seed below this many points are noise: one seed has no spread of its own. */
export const singleSeedMargin = 1.5;

/** Differences of this many rows of a test set, or fewer, are noise on any number of seeds: all seeds are tested on
 * the same rows, so a spread over seeds does not tell how others would fall. Of 1,000 rows these are 0.3 points. */
export const noisyRows = 3;

/** What `noisyRows` of a test set are worth, points: of accuracy, and about that of a mean average precision. */
export function rowMargin(testRows: number): number {
  return 100 * noisyRows / testRows;
}

/** Seed -> value. */
export type BySeed = ReadonlyMap<number, number>;

/** Seed by seed, where both have it. */
export function minus(a: BySeed, b: BySeed): BySeed {
  return new Map(
    [...a].flatMap(([seed, value]) => b.has(seed) ? [[seed, value - b.get(seed)!]] : []),
  );
}

/**
 * `after - before`.
 *
 * @internal
 */
export interface Difference extends Estimate {
  /** Those that both have. */
  readonly seeds: readonly number[];
  /** Over those seeds. */
  readonly after: Estimate;
  readonly before: Estimate;
  /** The largest spread among the two and their difference, for one seed `singleSeedMargin`; at least what
   * `noisyRows` are worth. */
  readonly margin: number;
  /** 1 where `after` is higher by more than the margin, -1 where it is lower by more, 0 in between. */
  readonly sign: -1 | 0 | 1;
}

/** Sums of shares of a test set differ by this much from what they are, points. */
const rounding = 1e-9;

/** `testRows`: those that the scores are of. `undefined` where no seed has both. */
export function pairedDifference(
  after: BySeed,
  before: BySeed,
  testRows: number,
): Difference | undefined {
  const seeds = [...after.keys()].filter((seed) => before.has(seed));
  if (seeds.length === 0) return undefined;
  const [as, bs] = [after, before].map((values) => seeds.map((seed) => values.get(seed)!));
  const difference = estimateGain(as!, bs!);
  const [a, b] = [estimate(as!), estimate(bs!)];
  const noise = difference.spread === undefined
    ? singleSeedMargin
    : Math.max(difference.spread, a.spread!, b.spread!);
  const margin = Math.max(noise, rowMargin(testRows));
  const isClear = Math.abs(difference.mean) > margin + rounding;
  const sign = !isClear ? 0 : difference.mean > 0 ? 1 : -1;
  return { ...difference, seeds, after: a, before: b, margin, sign };
}
