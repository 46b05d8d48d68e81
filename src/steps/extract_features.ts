/** The step `features`: what a pre-trained network makes of pictures, in a file. */
import { dataSetNames } from "../data/catalogue.ts";
import { datasetSchema } from "../data/dataset.ts";
import { writeNpyOfTensor } from "../data/matrices/npy_of_tensor.ts";
import { featuresOnly, type FrozenKeys } from "../experiments/frozen.ts";
import { featuresFile } from "../method/stages/extract.ts";
import { UserError } from "../pipeline/errors.ts";
import { makeFileAtomic } from "../pipeline/files.ts";
import type { RunFolder } from "../pipeline/store.ts";
import { writeTable } from "../tables/write.ts";
import { checkFolderOf } from "./check_folder.ts";
import { stepJob } from "./job.ts";
import { runJob } from "./run_job.ts";
import type { RunOptions } from "./step_options.ts";

/** Whose features are extracted, and of what. */
export interface FeaturesSettings extends Omit<FrozenKeys, "target"> {
  /** A folder, a table, tar shards ... of pictures (docs/DATA.md), or "icons". */
  readonly data: string;
  /** A pre-trained network (docs/NETWORKS.md). */
  readonly network: string;
}

/** Where the features go, and how the step works. */
export interface FeaturesOptions extends RunOptions {
  /** An .npy file; the names of its rows are in a .csv file beside it. */
  readonly out: string;
}

/** What was extracted. */
export interface ExtractedFeatures {
  /** What computed them. */
  readonly run: RunFolder;
  /** float32, a row for each picture that can be read: the file that was asked for. */
  readonly features: string;
  /** {path}, for each row: a .csv file. */
  readonly names: string;
}

/**
 * Extracts the features of pictures at one layer of a pre-trained network, the last one unless `layer` is set, and
 * writes them as npy. Stopped or killed, the same call goes on. Rejects with a UserError where the settings, the
 * network or the pictures are refused, or the file cannot be written.
 *
 * @example Of icons, by a network that was trained on photographs
 * ```ts
 * import { extractFeatures } from "clusterfit";
 *
 * const { features, names } = await extractFeatures(
 *   { data: "icons", images: 20, network: "efficientnet-lite0" },
 *   { out: "icons.npy" },
 * );
 * console.log(features, names); // icons.npy icons.csv
 * console.log(Deno.statSync(features).size); // 102528
 * ```
 */
export async function extractFeatures(
  settings: FeaturesSettings,
  { out, ...options }: FeaturesOptions,
): Promise<ExtractedFeatures> {
  if (!out.endsWith(".npy")) {
    throw new UserError(
      `Cannot write features to ${out}: it needs a name that ends in .npy. Give one.`,
    );
  }
  await checkFolderOf(out);
  const run = await runJob(stepJob(featuresOnly, settings), options);
  const names = out.replace(/\.npy$/, ".csv");
  await writeTable(names, { path: await sourcesOf(run, settings.data) });
  await writeFeatures(run, out);
  return { run, features: out, names };
}

/** Where each row comes from. */
async function sourcesOf(run: RunFolder, data: string): Promise<readonly string[]> {
  const node = dataSetNames.find((name) => name === data) ?? "pictures";
  const card = await Deno.readTextFile(await run.artifactFile(node, "dataset.json"));
  return datasetSchema.parse(JSON.parse(card)).sources;
}

async function writeFeatures(run: RunFolder, out: string): Promise<void> {
  const stored = await run.artifactFile("seed-0.network.features", featuresFile);
  await makeFileAtomic(out, (temporary) => writeNpyOfTensor(temporary, stored, "features"));
}
