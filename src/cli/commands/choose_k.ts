/** `clusterfit choose-k`: how many clusters, without labels. */
import { Command } from "commander";
import { count } from "../../results/count.ts";
import {
  chooseClusters,
  type ChooseOptions,
  type ChosenClusters,
} from "../../steps/choose_clusters.ts";
import { addHelp } from "../help.ts";
import { untilInterrupted } from "../interrupt.ts";
import { numbers, path, wholeNumber } from "../options.ts";
import { createOutput } from "../output.ts";
import { progressLine } from "../progress_line.ts";
import type { Subcommand } from "./command.ts";

type Flags =
  & Required<
    Pick<ChooseOptions, "k" | "splits" | "iterations" | "seed" | "normalise" | "device">
  >
  & { readonly features: string; readonly json: boolean };

export const chooseK: Subcommand = {
  name: "choose-k",
  about: "how many clusters features in a file should have, without labels",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit choose-k")
        .description(
          "Choose the number of clusters that carries most information which clusters of other rows carry as " +
            "well (docs/CLUSTERING.md).\n" +
            "  deno task clusterfit choose-k --features x.npy --k 50,100,200,400",
        )
        .requiredOption("--features <file>", ".npy, or .safetensors: a matrix, row by row", path)
        .requiredOption("--k <n,...>", "numbers of clusters to choose from", numbers)
        .option("--splits <n>", "of the rows in halves", wholeNumber(1), 3)
        .option("--iterations <n>", "at most", wholeNumber(1), 20)
        .option("--seed <n>", "that of a run", wholeNumber(0, 2 ** 32 - 1), 0)
        .option("--no-normalise", "take the rows as they are, not divided by their l2 norm")
        .option("--device <name>", "auto, cpu, cuda or cuda:<n>", String, "auto")
        .option("--json", "print the result as one JSON object", false),
    );
    command.parse([...args], { from: "user" });
    return await choose(command.opts<Flags>());
  },
};

async function choose({ features, json, ...flags }: Flags): Promise<number> {
  const output = createOutput({ json });
  return await untilInterrupted(async (signal) => {
    const found = await chooseClusters(features, {
      ...{ ...flags, signal, say: output.line },
      progress: progressLine(output, "Choose"),
    });
    output.result(json ? JSON.stringify(found) : choiceText(found));
    return 0;
  });
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
