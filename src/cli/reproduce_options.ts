/** The command line of `deno task reproduce`. */
import { Command } from "commander";
import { reproductions } from "../experiments/list.ts";
import type { Experiment } from "../method/experiment.ts";
import { UserError } from "../pipeline/errors.ts";
import { defaultExperiment } from "../experiments/default.ts";
import { addRunOptions, type Options, optionsOf, path, type Setting } from "./options.ts";

export interface ReproduceOptions extends Options {
  /** None where the list of them is asked for. */
  readonly experiment?: Experiment;
  readonly scale: string;
  /** Folder that the results page is written into, where one is asked for. */
  readonly page?: string;
}

/** Reads the arguments. Throws commander's CommanderError on `--help`, `--version` and mistakes, and a UserError
 * where there is no such experiment or scale. */
export function parseReproduce(args: readonly string[]): ReproduceOptions {
  const settings: Setting[] = [];
  const named = args.find((arg) => Object.hasOwn(reproductions, arg));
  const command = new Command("reproduce")
    .description(
      "Run an experiment of the paper: its networks, scores, figure, and what became of its claims " +
        "(ClusterFit, Yan et al., CVPR 2020).",
    )
    .argument("[experiment]", "one of --list")
    .option("--list", "name the experiments, their scales and how long they take", false)
    .option("--scale <name>", "how large: see --list", "small")
    .option(
      "--page <folder>",
      "write the results page, its figure and its numbers there too",
      path,
    );
  addRunOptions(
    command,
    settings,
    (named !== undefined && reproductions[named]) || defaultExperiment,
  );
  if (named === undefined) {
    command.addHelpText(
      "after",
      "\nName an experiment to see the keys of its own, as in figure3 --help.",
    );
  }
  command.addHelpText("after", `\nExperiments:\n${listReproductions()}`);
  command.parse(args, { from: "user" });
  const { list, scale, page } = command.opts<{ list: boolean; scale: string; page?: string }>();
  const options = { ...optionsOf(command, settings), scale, ...(page !== undefined && { page }) };
  const [name] = command.args;
  if (list || name === undefined) return options;
  return { ...options, experiment: experimentOf(name, scale) };
}

function experimentOf(name: string, scale: string): Experiment {
  const experiment = Object.hasOwn(reproductions, name) ? reproductions[name] : undefined;
  if (!experiment) {
    throw new UserError(
      `Cannot reproduce "${name}": it needs one of ${Object.keys(reproductions).join(", ")}. ` +
        "See `deno task reproduce --list`.",
    );
  }
  if (Object.hasOwn(experiment.scales, scale)) return experiment;
  throw new UserError(
    `Cannot reproduce ${name} at the scale "${scale}": it needs one of ` +
      `${Object.keys(experiment.scales).join(", ")}. See \`deno task reproduce --list\`.`,
  );
}

/** A line for each experiment at each of its scales: what it is, and what it takes. */
export function listReproductions(): string {
  return Object.values(reproductions).flatMap(({ name, about, scales }) => [
    `${name}  ${about}`,
    ...Object.entries(scales).map(([scale, { takes }]) => `  --scale ${scale}  ${takes}`),
  ]).join("\n");
}
