/** `clusterfit cluster`: our k-means alone, on features in a file. */
import { Command, Option } from "commander";
import { clusterFeatures, type ClusterOptions } from "../../steps/cluster_features.ts";
import { clusteringText } from "../clustering_text.ts";
import { UserError } from "../../pipeline/errors.ts";
import { addHelp } from "../help.ts";
import { untilInterrupted } from "../interrupt.ts";
import { number, path, wholeNumber } from "../options.ts";
import { createOutput } from "../output.ts";
import { progressLine } from "../progress_line.ts";
import type { Subcommand } from "./command.ts";

type Flags =
  & Pick<ClusterOptions, "k" | "out" | "centroids" | "iterations" | "seed" | "normalise" | "device">
  & Pick<ClusterOptions, "maxSize" | "balance" | "within" | "prototypes">
  & {
    readonly guide?: string;
    readonly guideWeight?: number;
    readonly subsample?: number;
    readonly subsampleIterations?: number;
    readonly fullIterations?: number;
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
        .requiredOption(
          "--out <file>",
          "labels: .parquet, .csv, .tsv, .jsonl, .npy or .safetensors",
          path,
        )
        .option("--k <n>", "number of clusters; not with --prototypes", wholeNumber(1))
        .option("--centroids <file>", "centroids: .npy or .safetensors", path)
        .option("--iterations <n>", "at most", wholeNumber(1), 20)
        .option(
          "--subsample <n>",
          "two phases: k-means of so many rows first, then of all from the centroids found",
          wholeNumber(1),
        )
        .option("--subsample-iterations <n>", "of the first phase; 30", wholeNumber(1))
        .option("--full-iterations <n>", "of the second phase; 5", wholeNumber(1))
        .option(
          "--within <table>",
          "clusters within each label: a label for each row, in the column label of a table",
          path,
        )
        .option(
          "--prototypes <table>",
          "no k-means: the nearest mean of a label's rows, the labels likewise",
          path,
        )
        .option(
          "--guide <table>",
          "labels that the clusters follow, too, likewise; paths that it lacks have none",
          path,
        )
        .option("--guide-weight <x>", "of the labels beside squared distances: 0.3", number)
        .option("--max-size <n>", "rows of a cluster at most", wholeNumber(1))
        .option("--balance <x>", "likewise, x times rows / K: 1.2", number)
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

async function clusterRows(
  { features, engine: kmeans, json, guide: labels, guideWeight: weight, ...flags }: Flags,
): Promise<number> {
  const twoPhase = phasesOf(flags);
  const guide = guideOf(labels, weight);
  const output = createOutput({ json });
  return await untilInterrupted(async (signal) => {
    const found = await clusterFeatures(features, {
      ...{ ...flags, kmeans, signal, say: output.line },
      ...(twoPhase && { twoPhase }),
      ...(guide && { guide }),
      progress: progressLine(output, "Cluster"),
    });
    output.result(json ? JSON.stringify(found) : clusteringText(found));
    return 0;
  });
}

function guideOf(labels?: string, weight?: number): ClusterOptions["guide"] {
  if (labels !== undefined && weight !== undefined) return { labels, weight };
  if (labels === undefined && weight === undefined) return undefined;
  const [needed, given] = labels === undefined
    ? ["--guide", "--guide-weight"]
    : ["--guide-weight", "--guide"];
  throw new UserError(
    `Cannot guide clusters: it needs ${needed}, too, found ${given} alone. Give both.`,
  );
}

function phasesOf(
  { subsample, subsampleIterations, fullIterations }: Pick<
    Flags,
    "subsample" | "subsampleIterations" | "fullIterations"
  >,
): ClusterOptions["twoPhase"] {
  const iterations = {
    ...(subsampleIterations !== undefined && { subsampleIterations }),
    ...(fullIterations !== undefined && { fullIterations }),
  };
  if (subsample !== undefined) return { subsample, ...iterations };
  if (Object.keys(iterations).length === 0) return undefined;
  throw new UserError(
    "Cannot cluster in two phases: it needs --subsample, found their iterations alone. Give it, or --iterations.",
  );
}
