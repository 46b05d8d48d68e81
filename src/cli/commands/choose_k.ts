/** `clusterfit choose-k`: how many clusters, without labels. */
import { Command, Option } from "commander";
import { UserError } from "../../pipeline/errors.ts";
import { count } from "../../results/count.ts";
import { chooseClusters, type ChosenClusters } from "../../steps/choose_clusters.ts";
import { chooseOfRun } from "../../steps/choose_of_run.ts";
import { choiceOfRunText } from "../choice_of_run_text.ts";
import { addHelp } from "../help.ts";
import { untilInterrupted } from "../interrupt.ts";
import { numbers, path, wholeNumber } from "../options.ts";
import { namedRun } from "../named_run.ts";
import { createOutput, type Output } from "../output.ts";
import { progressLine } from "../progress_line.ts";
import type { Subcommand } from "./command.ts";

interface Flags {
  readonly features?: string;
  readonly k?: number[];
  readonly run?: string;
  readonly runs: string;
  readonly splits: number;
  readonly iterations: number;
  readonly seed: number;
  readonly normalise: boolean;
  readonly device: string;
  readonly json: boolean;
}

export const chooseK: Subcommand = {
  name: "choose-k",
  about: "how many clusters features in a file should have, without labels",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit choose-k")
        .description(
          "Choose the number of clusters that carries most information which clusters of other rows carry as " +
            "well (docs/CLUSTERING.md). With --run: which K of a finished run that would have been, and how " +
            "close its score comes to that of the best.\n" +
            "  deno task clusterfit choose-k --features x.npy --k 50,100,200,400",
        )
        .option("--features <file>", ".npy, or .safetensors: a matrix, row by row", path)
        .option("--k <n,...>", "numbers of clusters to choose from", numbers)
        .addOption(
          new Option(
            "--run <run>",
            "folder of a run of several K, or its id: features, K and seeds are its own",
          )
            .argParser(path).conflicts(["features", "k", "iterations", "seed", "normalise"]),
        )
        .option("--runs <folder>", "where run folders are kept", path, "runs")
        .option("--splits <n>", "of the rows in halves", wholeNumber(1), 3)
        .option("--iterations <n>", "at most", wholeNumber(1), 20)
        .option("--seed <n>", "that of a run", wholeNumber(0, 2 ** 32 - 1), 0)
        .option("--no-normalise", "take the rows as they are, not divided by their l2 norm")
        .option("--device <name>", "auto, cpu, cuda or cuda:<n>", String, "auto")
        .option("--json", "print the result as one JSON object", false),
    );
    command.parse([...args], { from: "user" });
    const flags = command.opts<Flags>();
    const output = createOutput(flags);
    return await untilInterrupted(async (signal) => {
      output.result(await chosen(flags, output, signal));
      return 0;
    });
  },
};

async function chosen(
  { features, k, run, runs, json, ...flags }: Flags,
  output: Output,
  signal: AbortSignal,
): Promise<string> {
  const watch = { signal, say: output.line, progress: progressLine(output, "Choose") };
  if (run !== undefined) {
    const { splits, device } = flags;
    const folder = await namedRun(run, runs);
    const found = await chooseOfRun(folder, { splits, device, ...watch });
    return json ? JSON.stringify(found) : choiceOfRunText(found);
  }
  if (features === undefined || k === undefined) {
    throw new UserError(
      "Cannot choose the number of clusters: it needs --features and --k, or --run. Give them.",
    );
  }
  const found = await chooseClusters(features, { ...flags, k, ...watch });
  return json ? JSON.stringify(found) : choiceText(found);
}

function choiceText({ k, told }: ChosenClusters): string {
  const line = (cells: readonly string[]) => cells.map((cell) => cell.padStart(9)).join("");
  return [
    line(["K", "bits", "+-", "share"]),
    ...told.map(({ k, bits, error, share }) =>
      line([`${k}`, bits.toFixed(2), error.toFixed(2), `${(100 * share).toFixed(0)}%`])
    ),
    `Take ${
      count(k, "cluster")
    }: as many bits as any, of what clusters of other rows tell as well.`,
  ].join("\n");
}
