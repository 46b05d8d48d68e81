/** How many clusters, without labels of any target: those that carry most information which clusters of other rows
 * carry as well (docs/CLUSTERING.md). */
import type { Engine, JobOptions, Tensor } from "../engine/engine.ts";
import { estimate } from "../results/estimate.ts";
import { asClustered, type FitOptions } from "./fit_clusters.ts";

/** How each number of clusters is judged. */
export interface ChoiceOptions extends Omit<FitOptions, "k" | "subsample" | "maxSize" | "balance"> {
  /** Numbers to choose from. */
  readonly ks: readonly number[];
  /** Splits of the rows in halves. */
  readonly splits: number;
}

/**
 * What one number of clusters tells.
 *
 * @internal
 */
export interface Telling {
  readonly k: number;
  /** Above chance, the mean over the splits. */
  readonly bits: number;
  /** Standard error of `bits`; 0 for one split. */
  readonly error: number;
  /** The mean share of what it could be: 1 where clusters of other rows are the same. */
  readonly share: number;
}

/** Of float32 rows [N, D], in ascending order of k. */
export function tellings(
  engine: Pick<Engine, "features" | "kmeans">,
  raw: Tensor,
  { ks, splits, ...options }: ChoiceOptions,
  job: JobOptions,
): Promise<Telling[]> {
  return asClustered(engine, raw, options, async (features) => {
    const found: Telling[] = [];
    for (const [at, k] of ks.toSorted((a, b) => a - b).entries()) {
      const { bits, share } = await engine.kmeans.reproducibleInformation(
        features,
        { ...options, k, splits },
        {
          ...job,
          onProgress: (done) => job.onProgress?.(at * splits + done, ks.length * splits, {}),
        },
      );
      const { mean, spread = 0 } = estimate(bits);
      const error = spread / Math.sqrt(bits.length);
      found.push({ k, bits: mean, error, share: estimate(share).mean });
    }
    return found;
  });
}

/** The smallest k that tells as much as the one that tells most, within the standard error of that one. */
export function chooseK(told: readonly Telling[]): number {
  const [first, ...others] = told.toSorted((a, b) => a.k - b.k);
  if (!first) {
    throw new RangeError("Cannot choose K: it needs a number to choose from, found none.");
  }
  const best = others.reduce((best, one) => one.bits > best.bits ? one : best, first);
  return [first, ...others].find(({ bits }) => bits >= best.bits - best.error)!.k;
}
