/** What a clustering leaves beside its labels: `clusters.json`, and the centroids. */
import { join } from "node:path";
import { z } from "zod";
import { labelsFile, writeLabelsCard } from "../data/labels.ts";
import type { Clustering, Engine, HostArray, Partition, Tensor } from "../engine/engine.ts";
import { readCard, writeCard } from "../pipeline/card.ts";
import type { Artifact } from "../pipeline/stage.ts";

const clustersFile = "clusters.json";
/** {centroids float32 [k, D]}. */
export const centroidsFile = "centroids.safetensors";

export const clustersSchema = z.object({
  k: z.int(),
  points: z.int(),
  iterations: z.int(),
  /** Sum of squared distances over all rows, float64. */
  objective: z.number(),
  sizes: z.array(z.int()),
  /** Clusters without a point. */
  empty: z.int(),
  /** Under a cap of sizes, by which share the assignment was proved to be above the best at most. */
  gap: z.number().optional(),
  /** Guided by labels, how many labelled rows a label drawn from their own cluster gets wrong; the objective has so
   * many times the weight, too. */
  impurity: z.number().optional(),
  /** Points that equal no earlier one: where they are fewer than k, clusters have to stay empty. */
  distinct: z.int(),
});

export type Clusters = z.infer<typeof clustersSchema>;

/** Writes the labels int64 [N], the centroids float32 [k, D] and the two cards; returns the files' names. */
export async function writeClusters(
  engine: Pick<Engine, "tensors">,
  dir: string,
  { labels, centroids }: {
    readonly labels: Tensor | HostArray;
    /** None of a consensus. */
    readonly centroids?: Tensor | HostArray;
  },
  clusters: Clusters,
): Promise<readonly string[]> {
  await engine.tensors.save(join(dir, labelsFile), { labels });
  if (centroids) await engine.tensors.save(join(dir, centroidsFile), { centroids });
  const card = await writeLabelsCard(dir, {
    title: "Clusters",
    kind: "single",
    rows: clusters.points,
    classes: clusters.k,
    names: null,
  });
  const files = [labelsFile, card, ...(centroids ? [centroidsFile] : [])];
  return [...files, await writeCard(dir, clustersFile, clusters)];
}

/** Likewise, of what k-means gave for all rows. */
export function writeClustering(
  engine: Pick<Engine, "tensors">,
  dir: string,
  clustering: Partition & Partial<Pick<Clustering, "centroids" | "gap" | "impurity">>,
): Promise<readonly string[]> {
  const { objective, objectives, sizes, empty, distinct, gap, impurity } = clustering;
  return writeClusters(engine, dir, clustering, {
    k: sizes.length,
    points: sizes.reduce((sum, size) => sum + size, 0),
    iterations: objectives.length,
    objective,
    sizes: [...sizes],
    empty,
    distinct,
    ...(gap !== undefined && { gap }),
    ...(impurity !== undefined && { impurity }),
  });
}

export function readClusters(artifact: Artifact<"labels">): Promise<Clusters> {
  return readCard(artifact, clustersFile, clustersSchema);
}
