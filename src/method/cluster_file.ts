/** k-means of features in a file of anybody's: the labels that a run finds for the same features, settings and
 * seed. */
import { dirname, resolve } from "node:path";
import { type MatrixHead, readMatrixHead } from "../data/matrices/head.ts";
import type { Clustering, Engine, JobOptions } from "../engine/engine.ts";
import { UserError } from "../pipeline/errors.ts";
import { fitClusters, type FitOptions } from "./fit_clusters.ts";
import { seedFor } from "./seed.ts";

/** `seed`: that of a run. `folder`: where what is as large as the features is kept while it works; that of the file
 * where it is left out. */
export type ClusterFileOptions = FitOptions;

/** The clusters of the rows of an npy or safetensors file; dispose them. `head`: of that file, where it was read
 * already. Rejects with a UserError where the file has no such rows, or fewer than clusters. */
export async function clusterFile(
  engine: Pick<Engine, "matrices" | "features" | "kmeans">,
  path: string,
  { folder = dirname(resolve(path)), seed, ...options }: ClusterFileOptions,
  job: JobOptions = {},
  head?: MatrixHead,
): Promise<Clustering> {
  const { rows, tensor } = head ?? await readMatrixHead(path);
  checkClusterCount(options.k, rows);
  using raw = await engine.matrices.load(path, tensor, { folder });
  const how = { ...options, folder, seed: seedFor(seed, "k-means") };
  return await fitClusters(engine, raw, how, job);
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
