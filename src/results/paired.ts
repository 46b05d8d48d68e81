/** The difference of two scores, paired by seed, and whether it is more than noise. */
import { type Estimate, estimate, estimateGain } from "./estimate.ts";

/** Differences of a single seed below this many points are noise: one seed has no spread of its own. */
export const singleSeedMargin = 1.5;

/** Seed -> value. */
export type BySeed = ReadonlyMap<number, number>;

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
  /** The largest spread among the two and their difference; `singleSeedMargin` for one seed. */
  readonly margin: number;
  /** 1 where `after` is higher by more than the margin, -1 where it is lower by more, 0 in between. */
  readonly sign: -1 | 0 | 1;
}

/** `undefined` where no seed has both. */
export function pairedDifference(after: BySeed, before: BySeed): Difference | undefined {
  const seeds = [...after.keys()].filter((seed) => before.has(seed));
  if (seeds.length === 0) return undefined;
  const [as, bs] = [after, before].map((values) => seeds.map((seed) => values.get(seed)!));
  const difference = estimateGain(as!, bs!);
  const [a, b] = [estimate(as!), estimate(bs!)];
  const margin = difference.spread === undefined
    ? singleSeedMargin
    : Math.max(difference.spread, a.spread!, b.spread!);
  const sign = difference.mean > margin ? 1 : difference.mean < -margin ? -1 : 0;
  return { ...difference, seeds, after: a, before: b, margin, sign };
}
