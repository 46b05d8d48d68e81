/** k-means as every stage and command runs it: on rows that are normalised first where that is asked for. */
import type { Clustering, Engine, JobOptions, Scratch, Tensor } from "../engine/engine.ts";
import { type Cap, capOf, checkRoom } from "./cluster_cap.ts";

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

export interface FitOptions extends Scratch, Cap {
  readonly k: number;
  /** Over all rows, at most. */
  readonly iterations: number;
  /** Where given, k-means of all rows starts from the centroids of these (paper, supplement B). */
  readonly subsample?: Subsample;
  readonly seed: number;
  readonly engine: "faiss" | "torch";
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
  const { k, iterations } = options;
  const [rows = 0] = features.shape;
  const most = capOf({ maxSize, balance, k }, rows);
  if (most === undefined) return await fitPhases(engine, features, options, job);
  checkRoom(k, most, rows);
  using free = await fitPhases(engine, features, options, job);
  return await engine.kmeans.balance(
    features,
    free.centroids,
    { ...options, most, iterations },
    job,
  );
}

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
