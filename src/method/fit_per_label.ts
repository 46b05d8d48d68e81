/** k-means within each label: cluster ids are unique over all labels (paper, section 5.2, Figure 6). */
import type { Engine, HostArray, JobOptions, Tensor } from "../engine/engine.ts";
import { asClustered, type FitOptions } from "./fit_clusters.ts";
import { clustersPerLabel } from "./per_label.ts";
import { seedFor } from "./seed.ts";

/** A label below `classes` for each row. */
export interface RowLabels {
  readonly labels: ArrayLike<number>;
  readonly classes: number;
}

/** The clusters of all labels together. */
export interface LabelClusters {
  /** int64 [N]. */
  readonly labels: HostArray;
  /** float32 [K, D], those of a label side by side. */
  readonly centroids: HostArray;
  readonly sizes: readonly number[];
  /** Of the label that took most. */
  readonly iterations: number;
  readonly objective: number;
  /** Clusters without a row. */
  readonly empty: number;
  /** Rows that equal no earlier one of their label. */
  readonly distinct: number;
}

/** Plain k-means takes no other. */
type PlainOptions = Omit<FitOptions, "subsample" | "maxSize" | "balance">;

/** Plain k-means within each label of float32 rows [N, D]. Progress is told in labels. */
export function fitPerLabel(
  engine: Pick<Engine, "features" | "kmeans" | "tensors">,
  raw: Tensor,
  labels: RowLabels,
  options: PlainOptions,
  job: JobOptions,
): Promise<LabelClusters> {
  return asClustered(
    engine,
    raw,
    options,
    (features) => fitEach(engine, features, labels, options, job),
  );
}

async function fitEach(
  engine: Pick<Engine, "kmeans" | "tensors">,
  features: Tensor,
  { labels, classes }: RowLabels,
  options: PlainOptions,
  { signal, onProgress }: JobOptions,
): Promise<LabelClusters> {
  const [points = 0, dimensions = 0] = features.shape;
  const rowsOf: number[][] = Array.from({ length: classes }, () => []);
  for (let row = 0; row < labels.length; row++) rowsOf[labels[row] ?? 0]?.push(row);
  const counts = clustersPerLabel(options.k, rowsOf.map((rows) => rows.length));

  const ids = new BigInt64Array(points);
  const centroids = new Float32Array(options.k * dimensions);
  const sizes: number[] = [];
  const total = { iterations: 0, objective: 0, empty: 0, distinct: 0 };
  for (const [label, rows] of rowsOf.entries()) {
    signal?.throwIfAborted();
    const k = counts[label] ?? 0;
    if (k === 0) continue;
    const first = sizes.length;
    using own = engine.tensors.take(features, rows, { folder: options.folder });
    const seed = seedFor(options.seed, `label ${label}`);
    using clustering = await engine.kmeans.fit(own, { ...options, k, seed }, { signal });
    engine.tensors.toArray(clustering.labels).forEach((id, at) => {
      ids[rows[at] ?? 0] = BigInt(first + id);
    });
    centroids.set(engine.tensors.toArray(clustering.centroids), first * dimensions);
    sizes.push(...clustering.sizes);
    total.iterations = Math.max(total.iterations, clustering.objectives.length);
    total.objective += clustering.objective;
    total.empty += clustering.empty;
    total.distinct += clustering.distinct;
    onProgress?.(label + 1, classes, {});
  }
  return {
    labels: { data: ids, shape: [points] },
    centroids: { data: centroids, shape: [options.k, dimensions] },
    ...{ sizes, ...total },
  };
}
