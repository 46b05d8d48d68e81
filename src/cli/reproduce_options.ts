/** The command line of `deno task reproduce`. */
import { Command } from "commander";
import { reproductions } from "../experiments/list.ts";
import type { Experiment, PaperScale } from "../method/experiment.ts";
import { UserError } from "../pipeline/errors.ts";
import { defaultExperiment } from "../experiments/default.ts";
import { wrap } from "../report/wrap.ts";
import {
  addRunOptions,
  countedSeeds,
  type Options,
  optionsOf,
  path,
  type Setting,
} from "./options.ts";

export interface ReproduceOptions extends Options {
  /** None where the list of them is asked for. */
  readonly experiments: readonly Experiment[];
  readonly scale: string;
  /** Folder that the results page is written into, where one is asked for. */
  readonly page?: string;
}

/** What stands for every experiment. */
const all = "all";

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
    .argument("[experiment]", `one of --list, or ${all} of them, one after the other`)
    .option("--list", "name the experiments, their scales and how long they take", false)
    .option("--scale <name>", "how large: see --list", "small")
    .option(
      "--page <folder>",
      "keep the numbers there and draw the results pages from them; an experiment whose numbers are there, " +
        "by the same settings, is not run again",
      path,
    );
  addRunOptions(
    command,
    settings,
    (named !== undefined && reproductions[named]) || defaultExperiment,
    countedSeeds,
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
  const [name] = command.args;
  return {
    ...optionsOf(command, settings),
    scale,
    experiments: list || name === undefined ? [] : experimentsOf(name, scale),
    ...(page !== undefined && { page }),
  };
}

function experimentsOf(name: string, scale: string): Experiment[] {
  if (name !== all && !Object.hasOwn(reproductions, name)) {
    throw new UserError(
      `Cannot reproduce "${name}": it needs one of ${
        Object.keys(reproductions).join(", ")
      }, or ${all}. See \`deno task reproduce --list\`.`,
    );
  }
  const experiments = name === all ? Object.values(reproductions) : [reproductions[name]!];
  for (const experiment of experiments) checkScale(experiment, scale);
  return experiments;
}

/** Throws a UserError where the experiment cannot be run at that scale. */
function checkScale({ name, scales, paperScale }: Experiment, scale: string): void {
  if (Object.hasOwn(scales, scale)) return;
  if (scale === "paper" && paperScale) {
    const { settings, needs } = paperScale;
    throw new UserError(
      `Cannot reproduce ${name} at the scale of the paper (${pairs(settings)}): it needs ${
        needs.join("; ")
      }, found one machine. Take --scale ${Object.keys(scales).join(" or ")}.`,
    );
  }
  throw new UserError(
    `Cannot reproduce ${name} at the scale "${scale}": it needs one of ` +
      `${Object.keys(scales).join(", ")}. See \`deno task reproduce --list\`.`,
  );
}

const pairs = (settings: readonly (readonly [name: string, value: string])[]) =>
  settings.map(([name, value]) => `${name} ${value}`).join(", ");

/** A line for each experiment at each of its scales: what it is, and what it takes. */
export function listReproductions(): string {
  return Object.values(reproductions).flatMap(({ name, about, scales, paperScale }) => [
    `${name}  ${about}`,
    ...Object.entries(scales).map(([scale, { takes }]) => `  --scale ${scale}  ${takes}`),
    ...(paperScale ? [`  --scale paper  ${stated(paperScale)}`] : []),
  ]).join("\n");
}

/** On lines that fit below each other. */
function stated({ settings, needs }: PaperScale): string {
  return wrap(`not run here: ${pairs(settings)}; it needs ${needs.join("; ")}`, 80).join(
    `\n${" ".repeat(17)}`,
  );
}
