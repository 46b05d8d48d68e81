/** What one target says about ClusterFit, judged against the spread over seeds. */
import type { Target } from "../method/summary.ts";
import { type Estimate, estimate, estimateGain } from "./estimate.ts";

/** Differences of a single seed below this many points are noise: one seed has no spread of its own. */
export const singleSeedMargin = 1.5;

/** Ncf wins a target when it beats both Npre and Npre 2x by more than the margin, and loses it when
 * either beats Ncf by more than the margin. Anything else is open. */
export type Outcome = "won" | "lost" | "open";

/** Ncf against one other network. */
export interface Gain extends Estimate {
  /** The largest spread among the two networks and their difference paired by seed, points. */
  readonly margin: number;
  /** 1 where Ncf is better by more than the margin, -1 where it is worse, 0 in between. */
  readonly sign: -1 | 0 | 1;
}

export interface Comparison {
  readonly target: Target;
  readonly npre: Estimate;
  readonly npre2x: Estimate;
  readonly ncf: Estimate;
  readonly gain: Gain;
  readonly gain2x: Gain;
  readonly outcome: Outcome;
}

export function compare(target: Target): Comparison {
  const { npre, npre2x, ncf } = target.scores;
  const gain = gainOver(ncf, npre);
  const gain2x = gainOver(ncf, npre2x);
  return {
    target,
    npre: estimate(npre),
    npre2x: estimate(npre2x),
    ncf: estimate(ncf),
    gain,
    gain2x,
    outcome: outcomeOf(gain, gain2x),
  };
}

function gainOver(ncf: readonly number[], other: readonly number[]): Gain {
  const gain = estimateGain(ncf, other);
  const margin = gain.spread === undefined
    ? singleSeedMargin
    : Math.max(gain.spread, estimate(ncf).spread!, estimate(other).spread!);
  const sign = gain.mean > margin ? 1 : gain.mean < -margin ? -1 : 0;
  return { ...gain, margin, sign };
}

function outcomeOf(gain: Gain, gain2x: Gain): Outcome {
  if (gain.sign === -1 || gain2x.sign === -1) return "lost";
  return gain.sign === 1 && gain2x.sign === 1 ? "won" : "open";
}
