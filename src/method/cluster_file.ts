/** The clusters of features in a file of anybody's: the labels that a run finds for the same features, settings and
 * seed. */
import { dirname, resolve } from "node:path";
import { type MatrixHead, readMatrixHead } from "../data/matrices/head.ts";
import type { Clustering, Engine, HostArray, JobOptions, Tensor } from "../engine/engine.ts";
import { UserError } from "../pipeline/errors.ts";
import { asClustered, fitClusters, type FitOptions } from "./fit_clusters.ts";
import { fitPerLabel, type RowLabels } from "./fit_per_label.ts";
import { seedFor } from "./seed.ts";

/** k-means of all rows, guided by labels, within each label, or prototypes of labels (docs/CLUSTERING.md). */
export type FileForm =
  | { readonly kind: "k-means"; readonly k: number }
  | {
    readonly kind: "guided";
    readonly k: number;
    readonly weight: number;
    /** -1 of a row without one. */
    readonly rowLabels: RowLabels;
  }
  | { readonly kind: "per label"; readonly k: number; readonly rowLabels: RowLabels }
  | { readonly kind: "prototypes"; readonly rowLabels: RowLabels };

/** `seed`: that of a run. `folder`: where what is as large as the features is kept while it works; that of the file
 * where it is left out. */
export type ClusterFileOptions = Omit<FitOptions, "k"> & FileForm;

/** What was found, whichever form it has. */
export interface FileClusters extends Disposable {
  /** int64 [N]. */
  readonly labels: Tensor | HostArray;
  /** float32 [K, D]. */
  readonly centroids: Tensor | HostArray;
  readonly objective: number;
  readonly iterations: number;
  readonly sizes: readonly number[];
  readonly empty: number;
  readonly distinct: number;
  readonly gap?: number;
  readonly impurity?: number;
}

type Means = Pick<Engine, "matrices" | "tensors" | "features" | "kmeans">;

/** The clusters of the rows of an npy or safetensors file; dispose them. `head`: of that file, where it was read
 * already. Rejects with a UserError where the file has no such rows, or fewer than clusters. */
export async function clusterFile(
  engine: Means,
  path: string,
  { folder = dirname(resolve(path)), seed, ...options }: ClusterFileOptions,
  job: JobOptions = {},
  head?: MatrixHead,
): Promise<FileClusters> {
  const { rows, tensor } = head ?? await readMatrixHead(path);
  if (options.kind !== "prototypes") checkClusterCount(options.k, rows);
  using raw = await engine.matrices.load(path, tensor, { folder });
  return await find(engine, raw, { ...options, folder, seed: seedFor(seed, "k-means") }, job);
}

async function find(
  engine: Means,
  raw: Tensor,
  options: ClusterFileOptions,
  job: JobOptions,
): Promise<FileClusters> {
  if (options.kind === "per label") {
    const { kind: _, rowLabels, ...how } = options;
    const found = await fitPerLabel(engine, raw, rowLabels, how, job);
    return { ...found, [Symbol.dispose]() {} };
  }
  const found = await findInEngine(engine, raw, options, job);
  return { ...found, iterations: found.objectives.length };
}

async function findInEngine(
  engine: Means,
  raw: Tensor,
  options: Exclude<ClusterFileOptions, { readonly kind: "per label" }>,
  job: JobOptions,
): Promise<Clustering> {
  if (options.kind === "k-means") {
    const { kind: _, ...how } = options;
    return await fitClusters(engine, raw, how, job);
  }
  const { rowLabels: { labels, classes } } = options;
  const ofRows = { data: BigInt64Array.from(labels, BigInt), shape: [labels.length] };
  return await asClustered(
    engine,
    raw,
    options,
    (features) =>
      options.kind === "guided"
        ? engine.kmeans.guide(features, ofRows, classes, options, job)
        : engine.kmeans.prototypes(features, ofRows, classes, options),
  );
}

/** Throws a UserError unless that many rows have so many clusters. */
export function checkClusterCount(k: number, rows: number): void {
  if (Number.isInteger(k) && k >= 1 && k <= rows) return;
  const n = rows.toLocaleString("en");
  throw new UserError(
    `Cannot cluster ${n} rows: it needs 1 to ${n} clusters, found ${k.toLocaleString("en")}. ` +
      "Give another number with --k.",
  );
}
