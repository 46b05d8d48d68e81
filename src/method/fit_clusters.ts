/** k-means as every stage and command runs it: on rows that are normalised first where that is asked for. */
import type { Clustering, Engine, JobOptions, Scratch, Tensor } from "../engine/engine.ts";

export interface FitOptions extends Scratch {
  readonly k: number;
  readonly iterations: number;
  readonly seed: number;
  readonly engine: "faiss" | "torch";
  /** Rows are divided by (l2 norm + 1e-5) first (paper, supplement D). */
  readonly normalise: boolean;
  readonly device: string;
  readonly threads: number;
}

/** The clusters of float32 rows [N, D]; dispose them. */
export async function fitClusters(
  engine: Pick<Engine, "features" | "kmeans">,
  raw: Tensor,
  options: FitOptions,
  job: JobOptions,
): Promise<Clustering> {
  if (!options.normalise) return await engine.kmeans.fit(raw, options, job);
  using features = await engine.features.l2Normalise(raw, options);
  return await engine.kmeans.fit(features, options, job);
}
