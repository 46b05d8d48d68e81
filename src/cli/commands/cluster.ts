/** `clusterfit cluster`: our k-means alone, on features in a file. */
import { dirname, resolve } from "node:path";
import { Command, Option } from "commander";
import { type MatrixHead, readMatrixHead } from "../../data/matrices/head.ts";
import {
  checkMatrixName,
  checkRowLabelsName,
  writeMatrix,
  writeRowLabels,
} from "../../data/matrices/row_labels.ts";
import { type Clustering, startEngine } from "../../engine/mod.ts";
import { checkClusterCount, clusterFile } from "../../method/cluster_file.ts";
import { parseConfig } from "../../method/parse_config.ts";
import { resolve as resolveMachine } from "../../method/resolve.ts";
import { experimentConfig } from "../../method/config.ts";
import { UserError } from "../../pipeline/errors.ts";
import { checkFolderOf } from "../check_folder.ts";
import { clusteringText, headText } from "../clustering_text.ts";
import { addHelp } from "../help.ts";
import { listenForInterrupts } from "../interrupt.ts";
import { path, wholeNumber } from "../options.ts";
import { createOutput, type Output } from "../output.ts";
import { progressLine } from "../progress_line.ts";
import type { Subcommand } from "./command.ts";

interface Options {
  readonly features: string;
  readonly k: number;
  readonly iterations: number;
  readonly seed: number;
  readonly normalise: boolean;
  readonly engine: "auto" | "faiss" | "torch";
  readonly device: string;
  readonly out: string;
  readonly centroids?: string;
  readonly json: boolean;
}

export const cluster: Subcommand = {
  name: "cluster",
  about: "k-means alone: features in a file become labels in a file",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit cluster")
        .description(
          "Cluster the rows of an npy or safetensors file: the labels that a run finds for the same " +
            "features, settings and seed, with a float64 objective (docs/STEPS.md).\n" +
            "  deno task clusterfit cluster --features x.npy --k 1000 --out labels.parquet",
        )
        .requiredOption("--features <file>", ".npy, or .safetensors: a matrix, row by row", path)
        .requiredOption("--k <n>", "number of clusters", wholeNumber(1))
        .requiredOption(
          "--out <file>",
          "labels: .parquet, .csv, .tsv, .jsonl, .npy or .safetensors",
          path,
        )
        .option("--centroids <file>", "centroids: .npy or .safetensors", path)
        .option("--iterations <n>", "at most", wholeNumber(1), 20)
        .option("--seed <n>", "that of a run", wholeNumber(0, 2 ** 32 - 1), 0)
        .option("--no-normalise", "cluster the rows as they are, not divided by their l2 norm")
        .addOption(
          new Option("--engine <name>", "what looks for nearest centroids; the labels are the same")
            .choices(["auto", "faiss", "torch"]).default("auto"),
        )
        .option("--device <name>", "auto, cpu, cuda or cuda:<n>", String, "auto")
        .option("--json", "print the result as one JSON object", false),
    );
    command.parse([...args], { from: "user" });
    return await clusterRows(command.opts<Options>());
  },
};

async function clusterRows(options: Options): Promise<number> {
  const { features, k, out, centroids, json } = options;
  const output = createOutput({ json });
  using interrupts = listenForInterrupts();
  const { signal } = interrupts;
  try {
    const head = await readMatrixHead(features);
    output.line(headText(features, head));
    checkClusterCount(k, head.rows);
    await checkOutputs(options);
    using found = await fit(options, head, output, signal);
    const { engine, clustering } = found;
    await writeRowLabels(engine, out, clustering.labels);
    if (centroids !== undefined) {
      await writeMatrix(engine, centroids, "centroids", clustering.centroids);
    }
    const { objective, objectives, sizes, empty, distinct } = clustering;
    const result = {
      ...{ features, rows: head.rows, columns: head.columns, k, seed: options.seed },
      ...{ iterations: objectives.length, objective, sizes, empty, distinct },
      ...{ labels: out, centroids: centroids ?? null },
    };
    output.result(json ? JSON.stringify(result) : clusteringText(result));
    return 0;
  } catch (error) {
    if (signal.aborted) return 130;
    throw error;
  }
}

/** Told before anything is clustered. */
async function checkOutputs({ features, out, centroids }: Options): Promise<void> {
  checkRowLabelsName(out);
  if (centroids !== undefined) checkMatrixName(centroids);
  const paths = [features, out, ...(centroids === undefined ? [] : [centroids])].map((given) =>
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

async function fit(options: Options, head: MatrixHead, output: Output, signal: AbortSignal) {
  const { features, k, iterations, seed, normalise, out } = options;
  const asked = parseConfig(experimentConfig({}), {
    device: options.device,
    workers: 1,
    clustering: { engine: options.engine },
  });
  const engine = await startEngine();
  const { device, threads, kmeans } = resolveMachine(asked, await engine.devices.describe());
  const progress = progressLine(output, "Cluster");
  const clustering: Clustering = await clusterFile(
    engine,
    features,
    {
      ...{ k, iterations, seed, normalise, device, threads, engine: kmeans },
      folder: dirname(resolve(out)),
    },
    {
      signal,
      onProgress: (done, total) => progress({ done, total, unit: "iterations" }),
    },
    head,
  );
  return { engine, clustering, [Symbol.dispose]: () => clustering[Symbol.dispose]() };
}
