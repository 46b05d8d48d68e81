/** `clusterfit.memberships`: how rows fit into their clusters. */
import type { JobOptions } from "./options.ts";
import type { Tensor } from "./tensors.ts";

/** How the rows of a data set fit into their clusters. */
export interface Distances {
  /** To the centroid of its own cluster, Euclidean. */
  readonly own: Float64Array;
  /** To the nearest centroid of another cluster that has a row; NaN where there is none. */
  readonly others: Float64Array;
  /** Which cluster that is; -1 where there is none. */
  readonly second: Float64Array;
}

/** Rows that are nearly the same, and how far they are apart. */
export interface Pair {
  readonly rows: readonly [number, number];
  readonly distance: number;
}

export interface MembershipsCalls {
  /** In float64. `normalise`: whether the rows were l2-normalised before they were clustered. */
  distances(
    features: Tensor,
    centroids: Tensor,
    labels: Tensor,
    options: { readonly normalise: boolean; readonly threads: number },
    job: JobOptions,
  ): Promise<Distances>;
  /** Pairs of rows of one cluster that are at most `within` apart, the closest first. */
  closePairs(
    features: Tensor,
    labels: Tensor,
    distances: Distances,
    options: { readonly within: number; readonly normalise: boolean; readonly threads: number },
  ): Promise<readonly Pair[]>;
}
