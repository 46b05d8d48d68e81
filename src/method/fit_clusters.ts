/** k-means as every stage and command runs it: on rows that are normalised first where that is asked for. */
import { UserError } from "../pipeline/errors.ts";
import type { Clustering, Engine, JobOptions, Scratch, Tensor } from "../engine/engine.ts";

/**
 * The first of two phases, for more rows than can be clustered whole: k-means of some of them. A type, not an
 * interface: configs are JSON.
 *
 * @internal
 */
export type Subsample = {
  /** Drawn by the seed. */
  readonly rows: number;
  /** Over these, at most. */
  readonly iterations: number;
};

export interface FitOptions extends Scratch {
  readonly k: number;
  /** Over all rows, at most. */
  readonly iterations: number;
  /** Where given, k-means of all rows starts from the centroids of these (paper, supplement B). */
  readonly subsample?: Subsample;
  readonly seed: number;
  readonly engine: "faiss" | "torch";
  /** Rows of a cluster at most, where given. */
  readonly maxSize?: number;
  /** Likewise, as so many times rows / K. */
  readonly balance?: number;
  /** Rows are divided by (l2 norm + 1e-5) first (paper, supplement D). */
  readonly normalise: boolean;
  readonly device: string;
  readonly threads: number;
}

/** The clusters of float32 rows [N, D]; dispose them. */
export function fitClusters(
  engine: Pick<Engine, "features" | "kmeans">,
  raw: Tensor,
  options: FitOptions,
  job: JobOptions,
): Promise<Clustering> {
  return asClustered(engine, raw, options, (features) => fitCapped(engine, features, options, job));
}

/** Of a cluster's rows, the most that options allow; none where they say nothing of it. */
export function capOf(
  { maxSize = Infinity, balance = Infinity, k }: Pick<FitOptions, "maxSize" | "balance" | "k">,
  rows: number,
): number | undefined {
  const most = Math.min(maxSize, Math.ceil(balance * rows / k));
  return Number.isFinite(most) ? most : undefined;
}

/** What `use` gives of float32 rows [N, D] as they are clustered: normalised where that is asked for. */
export async function asClustered<T>(
  engine: Pick<Engine, "features">,
  raw: Tensor,
  options: Scratch & Pick<FitOptions, "normalise">,
  use: (features: Tensor) => Promise<T>,
): Promise<T> {
  if (!options.normalise) return await use(raw);
  using features = await engine.features.l2Normalise(raw, options);
  return await use(features);
}

/** Under a cap k-means goes on from what it found without one, for as many iterations. */
async function fitCapped(
  engine: Pick<Engine, "kmeans">,
  features: Tensor,
  { maxSize, balance, ...options }: FitOptions,
  job: JobOptions,
): Promise<Clustering> {
  const most = capOf({ maxSize, balance, k: options.k }, features.shape[0] ?? 0);
  if (most === undefined) return await fitPhases(engine, features, options, job);
  const { k, iterations } = options;
  checkRoom(k, most, features.shape[0] ?? 0);
  using free = await fitPhases(engine, features, options, job);
  return await engine.kmeans.balance(
    features,
    free.centroids,
    { ...options, most, iterations },
    job,
  );
}

/** Throws a UserError unless clusters of `most` rows at most have room for all. */
export function checkRoom(k: number, most: number, rows: number): void {
  if (k * most >= rows) return;
  throw new UserError(
    `Cannot keep clusters below ${count(most)} rows: it needs room for ${count(rows)}, found ${
      count(k)
    } clusters, ` +
      `which is room for ${count(k * most)}. Give ${
        count(Math.ceil(rows / k))
      } rows or more, or more clusters.`,
  );
}

const count = (value: number) => value.toLocaleString("en");

async function fitPhases(
  engine: Pick<Engine, "kmeans">,
  features: Tensor,
  { subsample, ...options }: FitOptions,
  job: JobOptions,
): Promise<Clustering> {
  if (!subsample) return await engine.kmeans.fit(features, options, job);
  const { iterations } = subsample;
  const total = iterations + options.iterations;
  const within = (before: number): JobOptions => ({
    ...job,
    onProgress: (done, _, metrics) => job.onProgress?.(before + done, total, metrics),
  });
  using rows = await engine.kmeans.drawRows(features, subsample.rows, options);
  using first = await engine.kmeans.fit(rows, { ...options, iterations }, within(0));
  const start = first.centroids;
  return await engine.kmeans.fit(features, { ...options, start }, within(iterations));
}
