/** The step `choose-k`: how many clusters features in a file should have. */
import { dirname, resolve } from "node:path";
import { readMatrixHead } from "../data/matrices/head.ts";
import { chooseK, type Telling, tellings } from "../method/choose_k.ts";
import { experimentConfig } from "../method/config.ts";
import { parseConfig } from "../method/parse_config.ts";
import { resolve as resolveMachine } from "../method/resolve.ts";
import { seedFor } from "../method/seed.ts";
import { UserError } from "../pipeline/errors.ts";
import type { Progress } from "../pipeline/stage.ts";
import { matrixText } from "./matrix_text.ts";
import { type StepOptions, withDefaults } from "./step_options.ts";

/** What is chosen from, and how. */
export interface ChooseOptions extends StepOptions {
  /** Numbers of clusters. */
  readonly k: readonly number[];
  /** Splits of the rows in halves; 3 unless given. */
  readonly splits?: number;
  /** Of k-means, at most; 20 unless given. */
  readonly iterations?: number;
  /** That of a run; 0 unless given. */
  readonly seed?: number;
  /** Whether rows are divided by (l2 norm + 1e-5) first; true unless given. */
  readonly normalise?: boolean;
  /** "auto", "cpu", "cuda" or "cuda:<n>". */
  readonly device?: string;
  /** Called as it goes on, with splits. */
  progress?(progress: Progress): void;
}

/** What each number of clusters tells, and which is chosen. */
export interface ChosenClusters {
  /** File of the features. */
  readonly features: string;
  /** Of the features. */
  readonly rows: number;
  /** The number that is chosen. */
  readonly k: number;
  /** In ascending order of k. */
  readonly told: readonly Telling[];
}

/**
 * Chooses how many clusters the rows of an .npy or .safetensors file should have, without any label: as many as carry
 * most information that clusters of other rows carry as well. Rejects with a UserError where halves of the rows are
 * fewer than clusters.
 *
 * @example Of three numbers
 * ```ts
 * import { chooseClusters, extractFeatures } from "clusterfit";
 *
 * const { features } = await extractFeatures(
 *   { data: "icons", images: 20, network: "efficientnet-lite0" },
 *   { out: "some-icons.npy" },
 * );
 * const { k, told } = await chooseClusters(features, { k: [2, 4, 8] });
 * console.log(told.some((one) => one.k === k), told.length); // true 3
 * ```
 */
export async function chooseClusters(
  features: string,
  options: ChooseOptions,
): Promise<ChosenClusters> {
  const { k: ks, splits = 3, iterations = 20, seed = 0, normalise = true, device = "auto" } =
    options;
  const asked = parseConfig(experimentConfig({}), {
    ...{ device, workers: 1, seeds: [seed], clustering: { iterations, normalise } },
  });
  const { signal, say, engine: start } = withDefaults(options);
  const head = await readMatrixHead(features);
  say(matrixText(features, head));
  checkChoice(ks, head.rows);
  const engine = await start();
  const { device: where, threads, kmeans } = resolveMachine(asked, await engine.devices.describe());
  const folder = dirname(resolve(features));
  using raw = await engine.matrices.load(features, head.tensor, { folder });
  const told = await tellings(
    engine,
    raw,
    {
      ...{ ks, splits, iterations, normalise, device: where, threads, engine: kmeans, folder },
      seed: seedFor(seed, "k-means"),
    },
    {
      signal,
      onProgress: (done, total) => options.progress?.({ done, total, unit: "splits" }),
    },
  );
  return { features, rows: head.rows, k: chooseK(told), told };
}

function checkChoice(ks: readonly number[], rows: number): void {
  const most = Math.floor(rows / 2);
  const bad = ks.find((k, at) => !(k >= 2 && k <= most) || ks.indexOf(k) < at);
  if (ks.length > 1 && bad === undefined) return;
  throw new UserError(
    `Cannot choose the number of clusters of ${
      rows.toLocaleString("en")
    } rows: it needs several different ` +
      `numbers from 2 to ${most.toLocaleString("en")}, half of the rows, found ${
        ks.join(", ")
      }. Give others with --k.`,
  );
}
