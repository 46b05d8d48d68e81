/** The command line of `deno task reproduce`. */
import { Command } from "commander";
import { reproductions } from "../experiments/list.ts";
import { withTargets } from "../experiments/with_targets.ts";
import type { Experiment, PaperScale } from "../method/experiment.ts";
import { UserError } from "../pipeline/errors.ts";
import type { JsonObject } from "../pipeline/json.ts";
import { defaultExperiment } from "../experiments/default.ts";
import { wrap } from "../report/wrap.ts";
import { absolutePaths } from "../steps/absolute_paths.ts";
import { type Job, makeJob } from "../steps/job.ts";
import { all, experimentAmong, findExperiment } from "./find_experiment.ts";
import {
  addRunOptions,
  countedSeeds,
  type Options,
  optionsOf,
  path,
  type Setting,
  targetOf,
} from "./options.ts";

export interface ReproduceOptions extends Options {
  /** None where the list of them is asked for. */
  readonly experiments: readonly Experiment[];
  readonly scale: string;
  /** Folder that the results page is written into, where one is asked for. */
  readonly page?: string;
}

/** Reads the arguments. Rejects with commander's CommanderError on `--help`, `--version` and mistakes, and with a
 * UserError where there is no such experiment or scale. */
export async function parseReproduce(args: readonly string[]): Promise<ReproduceOptions> {
  const settings: Setting[] = [];
  const named = experimentAmong(args);
  const experiment = named === undefined ? undefined : await findExperiment(named);
  const command = new Command("reproduce")
    .description(
      "Run an experiment of the paper: its networks, scores, figure, and what became of its claims " +
        "(ClusterFit, Yan et al., CVPR 2020). Or one of your own.",
    )
    .argument(
      "[experiment]",
      `one of --list, ${all} of them one after the other, or a file of one's own (docs/EXTENDING.md)`,
    )
    .option("--list", "name the experiments, their scales and how long they take", false)
    .option("--scale <name>", "how large: see --list", "small")
    .option(
      "--target <name=pictures>",
      "labelled pictures of your own to probe on, too, in experiments on icons; may be repeated",
      (text: string) => void settings.push(targetOf(text)),
    )
    .option(
      "--page <folder>",
      "keep the numbers there and draw the results pages from them; an experiment whose numbers are there, " +
        "by the same settings, is not run again",
      path,
    );
  addRunOptions(
    command,
    settings,
    experiment ?? defaultExperiment,
    countedSeeds,
  );
  command.addHelpText(
    "after",
    experiment
      ? `\n${ownDefaults(experiment)}`
      : "\nName an experiment to see the keys of its own, as in figure3 --help.",
  );
  command.addHelpText("after", `\nExperiments:\n${listReproductions()}`);
  command.parse(args, { from: "user" });
  const { list, scale, page } = command.opts<{ list: boolean; scale: string; page?: string }>();
  const [name] = command.args;
  return {
    ...optionsOf(command, settings),
    scale,
    experiments: list || name === undefined ? [] : await experimentsOf(name, scale),
    ...(page !== undefined && { page }),
  };
}

async function experimentsOf(name: string, scale: string): Promise<Experiment[]> {
  const experiments = name === all ? Object.values(reproductions) : [await findExperiment(name)];
  for (const experiment of experiments) checkScale(experiment, scale);
  return experiments;
}

/** The job of an experiment that this command line names, whose user set `given`. Throws a UserError on an unknown key
 * or a bad value. */
export function reproduceJob(experiment: Experiment, scale: string, given: JsonObject): Job {
  const asked = absolutePaths(given);
  return makeJob(
    asked["target"] === undefined ? experiment : withTargets(experiment),
    scale,
    asked,
  );
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

/** What an experiment sets otherwise than the main job does, as `--set` takes it, and what each of its scales does. */
function ownDefaults({ name, schema, scales }: Experiment): string {
  const usual = new Set(Object.entries(defaultExperiment.schema.parse({})).map(assigned));
  const own = Object.entries(schema.parse({})).map(assigned).filter((line) => !usual.has(line));
  return [
    `Unless given, ${name} has:`,
    ...own,
    ...Object.entries(scales).flatMap(([scale, { config }]) => [
      `and at --scale ${scale}:`,
      ...Object.entries(config).map(assigned),
    ]),
    "targets=[...] takes other targets than its own; an unknown one is told with those that there are.",
  ].join("\n");
}

const assigned = ([key, value]: [string, unknown]) => `  ${key}=${JSON.stringify(value)}`;

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
