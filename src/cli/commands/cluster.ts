/** `clusterfit cluster`: our k-means alone, on features in a file. */
import { Command, Option } from "commander";
import { clusterFeatures, type ClusterOptions } from "../../steps/cluster_features.ts";
import { clusteringText } from "../clustering_text.ts";
import { addHelp } from "../help.ts";
import { listenForInterrupts } from "../interrupt.ts";
import { path, wholeNumber } from "../options.ts";
import { createOutput } from "../output.ts";
import { progressLine } from "../progress_line.ts";
import type { Subcommand } from "./command.ts";

type Flags =
  & Pick<ClusterOptions, "k" | "out" | "centroids" | "iterations" | "seed" | "normalise" | "device">
  & {
    readonly features: string;
    readonly engine: NonNullable<ClusterOptions["kmeans"]>;
    readonly json: boolean;
  };

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
    return await clusterRows(command.opts<Flags>());
  },
};

async function clusterRows({ features, engine: kmeans, json, ...flags }: Flags): Promise<number> {
  const output = createOutput({ json });
  using interrupts = listenForInterrupts();
  const { signal } = interrupts;
  try {
    const found = await clusterFeatures(features, {
      ...{ ...flags, kmeans, signal, say: output.line },
      progress: progressLine(output, "Cluster"),
    });
    output.result(json ? JSON.stringify(found) : clusteringText(found));
    return 0;
  } catch (error) {
    if (signal.aborted) return 130;
    throw error;
  }
}
