/** The step `cluster`: features in a file become labels in a file. */
import { dirname, resolve } from "node:path";
import { readMatrixHead } from "../data/matrices/head.ts";
import {
  checkMatrixName,
  checkRowLabelsName,
  writeMatrix,
  writeRowLabels,
} from "../data/matrices/row_labels.ts";
import { askedCap } from "../method/cluster_cap.ts";
import { clusterFile } from "../method/cluster_file.ts";
import { clusteringOf } from "../method/clustering_settings.ts";
import { experimentConfig } from "../method/config.ts";
import { parseConfig } from "../method/parse_config.ts";
import { resolve as resolveMachine } from "../method/resolve.ts";
import { UserError } from "../pipeline/errors.ts";
import type { Progress } from "../pipeline/stage.ts";
import { checkFolderOf } from "./check_folder.ts";
import { clusterForm } from "./cluster_form.ts";
import { matrixText } from "./matrix_text.ts";
import { rowNames } from "./row_names.ts";
import { type StepOptions, withDefaults } from "./step_options.ts";

/** What is clustered, how, and where the clusters go. */
export interface ClusterOptions extends StepOptions {
  /** Number of clusters; left out with `prototypes`. */
  readonly k?: number;
  /** Labels, by the end of the name: .parquet, .csv, .tsv, .jsonl (columns `row`, from 0, `path` where a
   * table of that column lies beside the features as `extractFeatures` writes it, and `cluster`), .npy (int64) or
   * .safetensors ("labels"). */
  readonly out: string;
  /** Centroids, float32: .npy or .safetensors; they are written where this is given. */
  readonly centroids?: string;
  /** At most; 20 unless given. */
  readonly iterations?: number;
  /** In two phases: k-means of so many rows, 30 iterations unless given, then of all from the centroids found, 5
   * unless given (paper, supplement B). */
  readonly twoPhase?: {
    /** Rows of the first phase, drawn by the seed. */
    readonly subsample: number;
    /** Iterations of the first phase. */
    readonly subsampleIterations?: number;
    /** Iterations of the second phase. */
    readonly fullIterations?: number;
  };
  /** A table with a label for each row (column `label`, or another that a table of pictures may have): clusters within
   * each label, their share of K by the square root of its rows (paper, section 5.2). By the column `path` where
   * both have names, else in the order of the rows. */
  readonly within?: string;
  /** Likewise a table: instead of k-means, the mean of the rows of each label, and the nearest of these means for each
   * row (paper, section 4). */
  readonly prototypes?: string;
  /** Labels that clusters follow, too, by their weight beside squared distances. */
  readonly guide?: {
    /** Likewise a table; paths of the features that it lacks have no label. */
    readonly labels: string;
    /** Of two rows of different labels, half of what it adds to their squared distance; 0 is plain k-means. */
    readonly weight: number;
  };
  /** Rows of a cluster at most. */
  readonly maxSize?: number;
  /** Likewise, as so many times rows / K. */
  readonly balance?: number;
  /** That of a run; 0 unless given. */
  readonly seed?: number;
  /** Whether rows are divided by (l2 norm + 1e-5) first, as in the paper; true unless given. */
  readonly normalise?: boolean;
  /** What looks for nearest centroids; the labels are the same. */
  readonly kmeans?: "auto" | "faiss" | "torch";
  /** "auto", "cpu", "cuda" or "cuda:<n>". */
  readonly device?: string;
  /** Called as k-means goes on, with iterations. */
  progress?(progress: Progress): void;
}

/** What was found. */
export interface FeatureClusters {
  /** File of the features. */
  readonly features: string;
  /** Of the features. */
  readonly rows: number;
  /** Of the features. */
  readonly columns: number;
  /** Clusters that were asked for; of prototypes the labels that have rows. */
  readonly k: number;
  /** That was asked for. */
  readonly seed: number;
  /** That it took; of labels the most that one took, of prototypes none. */
  readonly iterations: number;
  /** Sum of squared distances to the nearest centroid over all rows, in float64. */
  readonly objective: number;
  /** Rows of each cluster. */
  readonly sizes: readonly number[];
  /** Clusters without a row. */
  readonly empty: number;
  /** Rows that differ from every earlier one. */
  readonly distinct: number;
  /** Under a cap of sizes, by which share the assignment was proved to be above the best at most. */
  readonly gap?: number;
  /** Guided by labels, how many labelled rows a label drawn from their own cluster gets wrong; the objective has so
   * many times the weight, too. */
  readonly impurity?: number;
  /** File of the labels. */
  readonly labels: string;
  /** File of the centroids; null where none was asked for. */
  readonly centroids: string | null;
}

/**
 * Clusters the rows of an .npy or .safetensors file with k-means: the labels that a run finds for the same features,
 * settings and seed. The file is mapped, never read as a whole. Rejects with a UserError where the file has no such
 * rows, or the clusters cannot be written, before anything is computed.
 *
 * @example Five clusters
 * ```ts
 * import { clusterFeatures, extractFeatures } from "clusterfit";
 *
 * const { features } = await extractFeatures(
 *   { data: "icons", images: 20, network: "efficientnet-lite0" },
 *   { out: "icons.npy" },
 * );
 * const { sizes, objective } = await clusterFeatures(features, { k: 5, out: "clusters.csv" });
 * console.log(sizes.length, objective > 0); // 5 true
 * const [head] = (await Deno.readTextFile("clusters.csv")).split("\n");
 * console.log(head); // row,path,cluster
 * ```
 */
export async function clusterFeatures(
  features: string,
  options: ClusterOptions,
): Promise<FeatureClusters> {
  const { out, centroids = null, seed = 0, progress } = options;
  const config = configOf(options);
  const { signal, say, engine: start } = withDefaults(options);
  const head = await readMatrixHead(features);
  const { rows, columns } = head;
  say(matrixText(features, head));
  const settings = clusteringOf(config);
  await checkOutputs(features, out, centroids);
  const names = await rowNames(features, rows);
  const form = await clusterForm(options, { rows, names, settings });
  const engine = await start();
  const { device, threads, kmeans } = resolveMachine(config, await engine.devices.describe());
  using found = await clusterFile(
    engine,
    features,
    {
      ...{ ...settings, ...form, seed, device, threads, engine: kmeans },
      folder: dirname(resolve(out)),
    },
    {
      signal,
      onProgress: (done, total) =>
        progress?.({ done, total, unit: form.kind === "per label" ? "labels" : "iterations" }),
    },
    head,
  );
  await writeRowLabels(engine, out, found.labels, names);
  if (centroids !== null) await writeMatrix(engine, centroids, "centroids", found.centroids);
  const { objective, iterations, sizes, empty, distinct, gap, impurity } = found;
  return {
    ...{ features, rows, columns, k: sizes.length, seed },
    ...{ iterations, objective, sizes, empty, distinct },
    ...{ labels: out, centroids },
    ...(gap !== undefined && { gap }),
    ...(impurity !== undefined && { impurity }),
  };
}

/** As the config of a run has it. Throws a UserError on a bad value. */
function configOf(
  { iterations = 20, seed = 0, normalise = true, kmeans = "auto", device = "auto", ...more }:
    ClusterOptions,
) {
  const { twoPhase } = more;
  const clustering = {
    ...{ engine: kmeans, iterations, normalise },
    ...(twoPhase && { twoPhase: { ...twoPhase } }),
    ...askedCap(more),
  };
  return parseConfig(experimentConfig({}), { device, workers: 1, seeds: [seed], clustering });
}

/** Told before anything is clustered. */
async function checkOutputs(
  features: string,
  out: string,
  centroids: string | null,
): Promise<void> {
  checkRowLabelsName(out);
  if (centroids !== null) checkMatrixName(centroids);
  const paths = [features, out, ...(centroids === null ? [] : [centroids])].map((given) =>
    resolve(given)
  );
  const twice = paths.find((one, at) => paths.indexOf(one) < at);
  if (twice !== undefined) {
    throw new UserError(
      `Cannot cluster ${features}: it needs files of their own for what it writes, found ${twice} ` +
        "twice. Give another name.",
    );
  }
  for (const path of paths.slice(1)) await checkFolderOf(path);
}
