/** `clusterfit.kmeans`: clusters of features. */
import type { JobOptions, Scratch } from "./options.ts";
import type { HostArray, Tensor } from "./tensors.ts";

/** Rows in k clusters. */
export interface Partition extends Disposable {
  /** int64 [N] */
  readonly labels: Tensor;
  /** Rows that equal no earlier one. Where they are fewer than k, clusters stay empty. */
  readonly distinct: number;
  /** Clusters without a row. */
  readonly empty: number;
  /** Sum of squared distances to the mean of the assigned cluster over all rows, float64. */
  readonly objective: number;
  /** The objective before each iteration; it ends early where nothing moved. */
  readonly objectives: readonly number[];
  /** Rows per cluster. */
  readonly sizes: readonly number[];
}

/** Of features. Each row has the nearest centroid as float64 tells, of equals the first: the same from each engine. */
export interface Clustering extends Partition {
  /** float32 [k, D] */
  readonly centroids: Tensor;
  /** Under a cap of sizes, by which share its assignment was proved to be above the best at most. */
  readonly gap?: number;
  /** Guided by labels, how many labelled rows a label drawn from their own cluster gets wrong; the objective has so
   * many times the weight, too. */
  readonly impurity?: number;
}

export interface KmeansCalls {
  /** Lloyd's k-means on all rows of float32 [N, D]. */
  fit(
    features: Tensor,
    options: Scratch & {
      readonly k: number;
      readonly iterations: number;
      readonly seed: number;
      readonly engine: "faiss" | "torch";
      readonly device: string;
      readonly threads: number;
      /** Centroids float32 [K, D] to start from; rows drawn by the seed unless given. */
      readonly start?: Tensor;
    },
    job: JobOptions,
  ): Promise<Clustering>;
  /** Moves centroids float32 [K, D] on, with clusters of `most` rows at most: the objective never rises. */
  balance(
    features: Tensor,
    centroids: Tensor,
    options: {
      readonly most: number;
      readonly iterations: number;
      readonly seed: number;
      readonly device: string;
      readonly threads: number;
    },
    job: JobOptions,
  ): Promise<Clustering>;
  /** Lloyd's k-means with labels (int64 [N] below `classes`, -1 for none) as a guide: the objective is the sum of
   * squared distances and `weight` times the impurity. With a weight of 0 it finds what `fit` finds. */
  guide(
    features: Tensor,
    labels: Tensor | HostArray,
    classes: number,
    options: {
      readonly k: number;
      readonly weight: number;
      readonly iterations: number;
      readonly seed: number;
      readonly device: string;
      readonly threads: number;
    },
    job: JobOptions,
  ): Promise<Clustering>;
  /** k clusters of rows that many of these clusterings (int64 [N] each, of the same rows) hold together. The objective
   * is that of their memberships; `distinct` are rows of different ids. k-means starts from each of them that has k
   * clusters or fewer, and `starts` times from rows drawn by the seed. */
  consensus(
    clusterings: readonly Tensor[],
    options: {
      readonly k: number;
      /** Of each start, at most. */
      readonly iterations: number;
      readonly starts: number;
      readonly seed: number;
    },
    job: JobOptions,
  ): Promise<Partition>;
  /** So many different rows of float32 [N, D], drawn by the seed, in their order; a copy. */
  drawRows(
    features: Tensor,
    count: number,
    options: Scratch & { readonly seed: number },
  ): Promise<Tensor>;
  /** What k clusters of float32 [N, D] say that clusters of other rows say again, for each of `splits` splits in
   * halves: in bits above chance, and as a share of what it could be. */
  reproducibleInformation(
    features: Tensor,
    options: Scratch & {
      readonly k: number;
      readonly splits: number;
      readonly iterations: number;
      readonly seed: number;
      readonly engine: "faiss" | "torch";
      readonly device: string;
      readonly threads: number;
    },
    job: JobOptions,
  ): Promise<{ readonly bits: readonly number[]; readonly share: readonly number[] }>;
  /** The means of the rows of each label (int64 [N] below `classes`) as centroids, those of labels without rows left
   * out, and the nearest of them for each row. */
  prototypes(
    features: Tensor,
    labels: Tensor | HostArray,
    classes: number,
    options: Scratch & {
      readonly engine: "faiss" | "torch";
      readonly device: string;
      readonly threads: number;
    },
  ): Promise<Clustering>;
  /** int64 [N]: the nearest of float32 centroids [K, D] for each row, as `fit` tells it. */
  assign(
    features: Tensor,
    centroids: Tensor,
    options: Scratch & {
      readonly engine: "faiss" | "torch";
      readonly device: string;
      readonly threads: number;
    },
  ): Promise<Tensor>;
}
