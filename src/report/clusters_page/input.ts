/** What a page of clusters shows. */
import type { Fact } from "../sections/facts.ts";

export interface Picture {
  /** As its data set calls it. */
  readonly name: string;
  /** A data URI. */
  readonly image: string;
  /** To the centroid of its cluster. */
  readonly distance: number;
}

export interface ShownCluster {
  readonly id: number;
  readonly size: number;
  /** Mean distance of its pictures to the centroid. */
  readonly spread: number;
  /** Words that many of its pictures have in their names. */
  readonly words: readonly string[];
  /** The nearest to the centroid first. */
  readonly typical: readonly Picture[];
  /** `other`: the cluster that it is nearly in. */
  readonly borderline: readonly (Picture & { readonly other: number })[];
  /** The farthest from the centroid first. */
  readonly farthest: readonly Picture[];
}

export interface ClustersPage {
  readonly run: string;
  readonly title: string;
  readonly facts: readonly Fact[];
  /** The largest first; not all of `count` where they would make the page too large. */
  readonly clusters: readonly ShownCluster[];
  /** Clusters that have a picture. */
  readonly count: number;
  readonly outliers: readonly (Picture & { readonly cluster: number })[];
  /** Pictures that are nearly the same, as far as their features tell. */
  readonly doubles: {
    /** No two of a chain are farther apart. */
    readonly within: number;
    /** Of all groups, also of those that are not shown. */
    readonly pictures: number;
    readonly groups: readonly {
      readonly cluster: number;
      readonly size: number;
      readonly pictures: readonly Picture[];
    }[];
  };
  /** Whether the images are small ones whose pixels are to be seen. */
  readonly pixelated: boolean;
}
