/** The clusters as files: which picture is in which, the centroids, and the features that were clustered. */
import { join } from "node:path";
import { labelsFile } from "../data/labels.ts";
import { writeNpyOfTensor } from "../data/matrices/npy_of_tensor.ts";
import type { Distances, Engine, JobOptions } from "../engine/engine.ts";
import { centroidsFile } from "../method/clusters.ts";
import { featuresFile } from "../method/stages/extract.ts";
import { writeTable } from "../tables/write.ts";
import type { Clustering } from "./clusterings.ts";

/** How each row of a data set fits into its cluster. */
export interface Memberships extends Distances {
  /** The cluster of each row. */
  readonly labels: ArrayLike<number>;
}

/** In float64, on the features as they were clustered. */
export async function measureMemberships(
  engine: Pick<Engine, "tensors" | "memberships">,
  { features, labels, normalise }: Clustering,
  threads: number,
  job: JobOptions,
): Promise<Memberships> {
  using open = new DisposableStack();
  const load = async (path: string) => open.use(await engine.tensors.load(path));
  const rows = (await load(features.file(featuresFile))).get("features");
  const ids = (await load(labels.file(labelsFile))).get("labels");
  const centroids = (await load(labels.file(centroidsFile))).get("centroids");
  const options = { normalise, threads };
  const distances = await engine.memberships.distances(rows, centroids, ids, options, job);
  return { ...distances, labels: engine.tensors.toArray(ids) };
}

/** Writes `labels.parquet`, `labels.csv`, `centroids.npy` and `features.npy` into `dir`. */
export async function writeClusterFiles(
  dir: string,
  { features, labels, dataset }: Clustering,
  memberships: Memberships,
): Promise<void> {
  const { own, others, second } = memberships;
  const columns = {
    path: dataset.sources,
    cluster: Int32Array.from(memberships.labels),
    distance: own,
    margin: others.map((other, row) => other - own[row]!),
    second: Int32Array.from(second),
  };
  await writeTable(join(dir, "labels.parquet"), columns);
  await writeTable(join(dir, "labels.csv"), columns);
  await writeNpyOfTensor(join(dir, "centroids.npy"), labels.file(centroidsFile), "centroids");
  await writeNpyOfTensor(join(dir, "features.npy"), features.file(featuresFile), "features");
}
