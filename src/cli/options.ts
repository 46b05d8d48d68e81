/** The command line: flags, `--set`, `--config`, and their help. */
import { Command, InvalidArgumentError, Option } from "commander";
import { defaultExperiment } from "../experiments/default.ts";
import { own } from "../experiments/own.ts";
import type { MethodConfig } from "../method/config.ts";
import type { Experiment } from "../method/experiment.ts";
import { configKeys } from "../method/config_keys.ts";
import type { ConfigSchema } from "../method/parse_config.ts";
import { isJsonObject, type Json, type JsonObject } from "../pipeline/json.ts";
import { version } from "../steps/version.ts";
import { addCompanionOptions, type Companion, companionsOf } from "./companions/companion.ts";
import { addHelp } from "./help.ts";

export interface Options {
  readonly out: string;
  readonly json: boolean;
  readonly explain: boolean;
  /** Path of a config file, if one was given. */
  readonly config?: string;
  /** What flags and `--set` say, dotted keys, in the order of the command line. */
  readonly settings: readonly Setting[];
  /** What is to be beside the run; absent where nothing is. */
  readonly companions?: readonly Companion[];
}

export interface Setting {
  readonly key: string;
  readonly value: Json;
}

/** Reads the arguments of `deno task clusterfit`. `commands`: a line for each, for the help. Throws commander's CommanderError on `--help`, `--version` and
 * mistakes. */
export function parseOptions(args: readonly string[], commands = ""): Options {
  const settings: Setting[] = [];
  const sets = setter(settings);
  const defaults = defaultExperiment.schema.parse({});
  const command = new Command("clusterfit")
    .description(
      "Pre-train a network, cluster its features, train a new one from scratch on the cluster ids, " +
        "and probe both on four targets (ClusterFit, Yan et al., CVPR 2020).\n" +
        "Without options: the whole method on icons, a few minutes on two cores.",
    );
  addPictureOptions(command, settings);
  command
    .option(
      "--teacher <network>",
      "what Npre is: rotnet or jigsaw (trained here, without labels), hashtags (icons only), or a " +
        "pre-trained network (docs/NETWORKS.md)",
      sets("teacher", path),
      defaults.teacher,
    )
    .option(
      "--k <n>",
      "number of clusters; several, as in 250,500,1000, are compared; with a teacher or pictures of " +
        `your own ${own.schema.parse({}).k.join(",")} unless given`,
      sets("k", oneOrMore),
      defaults.k.join(","),
    )
    .option(
      "--arch <name>",
      "network, e.g. resnet10-small, resnet18, of clips r2plus1d-small; with a teacher or pictures of your own " +
        `${own.schema.parse({}).arch} unless given`,
      sets("arch", String),
      defaults.arch,
    );
  addRunOptions(command, settings, defaultExperiment);
  command.addHelpText(
    "after",
    `\nWith a teacher or pictures of your own also:\n${
      columns(keysBeyond(own, defaultExperiment))
    }\n` +
      "What each means: deno task clusterfit schema, docs/TRAINING.md, docs/DATA.md.",
  );
  if (commands !== "") {
    command.addHelpText("after", `\nCommands (each has its own --help):\n${commands}`);
  }
  command.addHelpText("after", `\n${examples}`);
  command.parse(args, { from: "user" });
  return optionsOf(command, settings);
}

/** Where pictures come from, what is trained on them, and what it is probed on. */
export function addPictureOptions(command: Command, settings: Setting[]): void {
  const sets = setter(settings);
  command
    .option(
      "--data <pictures>",
      "a folder, a table, tar shards ... of pictures (docs/DATA.md), icons, or clips",
      sets("data", path),
      "icons",
    )
    .option(
      "--student <name>",
      "the network that is trained here: resnet18, timm:<name> ..., the same as --arch",
      sets("arch", path),
    )
    .option(
      "--target <name=pictures>",
      "labelled pictures to probe the features on; may be repeated",
      (text: string) => void settings.push(targetOf(text)),
    )
    .option(
      "--epochs <n>",
      "passes over the images, for each network that is trained",
      sets("epochs", number),
      defaultExperiment.schema.parse({}).epochs,
    );
}

/** How a command reads `--seeds`. */
interface SeedsOption {
  readonly flag: string;
  readonly about: string;
  read(text: string): number[];
}

const listedSeeds: SeedsOption = {
  flag: "--seeds <a,b,c>",
  about: "several seeds; scores then have a spread",
  read: numbers,
};

/** A number alone says how many, from 1 on. */
export const countedSeeds: SeedsOption = {
  flag: "--seeds <n>",
  about: "how many seeds, from 1 on, or which: 4,5",
  read: (text) =>
    text.includes(",")
      ? numbers(text)
      : Array.from({ length: wholeNumber(1, 1000)(text) }, (_, at) => at + 1),
};

/** The options of every command that runs an experiment. `settings` takes what they set. */
export function addRunOptions<Config extends MethodConfig>(
  command: Command,
  settings: Setting[],
  { schema }: Pick<Experiment<Config>, "schema">,
  seeds = listedSeeds,
): void {
  const sets = setter(settings);
  const defaults = schema.parse({});
  addHelp(command)
    .version(version, "-V, --version", "print the version")
    .option("--seed <n>", "seed of every random draw of the run", sets("seeds", oneNumber))
    .addOption(
      new Option(seeds.flag, seeds.about)
        .argParser(sets("seeds", seeds.read)).conflicts("seed"),
    )
    .option(
      "--device <name>",
      "auto, cpu, cuda or cuda:<n>",
      sets("device", String),
      defaults.device,
    )
    .option("--out <folder>", "where run folders are kept", path, "runs")
    .option(
      "--config <file>",
      "a .json file, or a .ts file whose default export is the config",
      path,
    )
    .option(
      "--set <key=value>",
      "any key of the config, e.g. --set training.learningRate=0.1; may be repeated",
      (text: string) => void settings.push(assignment(text)),
    )
    .option("--explain", "say which stages would run and why, and stop there", false)
    .option(
      "--json",
      "print only the result (or what --explain says) on stdout, as one JSON object",
      false,
    )
    .addHelpText("after", `\nKeys for --set:\n${columns(keysOf(schema))}`);
  addCompanionOptions(command);
}

/** What the options of `addRunOptions` say. */
export function optionsOf(command: Command, settings: readonly Setting[]): Options {
  const { out, json, explain, config } = command.opts<Options>();
  const companions = companionsOf(command);
  return {
    ...{ out, json, explain, settings },
    ...(config !== undefined && { config }),
    ...(companions.length > 0 && { companions }),
  };
}

function keysOf<Config extends MethodConfig>(schema: ConfigSchema<Config>): string[] {
  return configKeys(schema.parse({}) as unknown as JsonObject);
}

/** Keys of one experiment that another has not. */
function keysBeyond<A extends MethodConfig, B extends MethodConfig>(
  { schema }: Experiment<A>,
  than: Experiment<B>,
): string[] {
  const known = new Set(keysOf(than.schema));
  return keysOf(schema).filter((key) => !known.has(key));
}

/** Makes a parser of an option's text that puts what it reads into `settings`. */
function setter(settings: Setting[]) {
  return (key: string, read: (text: string) => Json) => (text: string): Json => {
    const value = read(text);
    settings.push({ key, value });
    return value;
  };
}

const examples = `Examples:
  deno task clusterfit                       the whole method, one seed
  deno task clusterfit --seeds 1,2,3         three seeds, with the spread
  deno task clusterfit --teacher hashtags    the weakly supervised form
  deno task clusterfit --k 1000 --explain    what would run again, and why
  deno task serve                            watch it in the browser`;

/** Turns `a.b = value` settings into nested objects laid over `base`; later ones win. */
export function applySettings(base: JsonObject, settings: readonly Setting[]): JsonObject {
  return settings.reduce((config, { key, value }) => assign(config, key.split("."), value), base);
}

function assign(target: JsonObject, [key = "", ...rest]: string[], value: Json): JsonObject {
  if (rest.length === 0) return { ...target, [key]: value };
  const inner = target[key];
  const object = isJsonObject(inner) ? inner : {};
  return { ...target, [key]: assign(object, rest, value) };
}

/** `plants=~/labelled`. */
export function targetOf(text: string): Setting {
  const [, name, given] = /^([a-z0-9][a-z0-9-]*)=(.+)$/s.exec(text) ?? [];
  if (name !== undefined && given !== undefined) return { key: `target.${name}`, value: given };
  throw new InvalidArgumentError(
    `It needs <name>=<pictures>, a name of small letters, digits and "-", got "${text}".`,
  );
}

/** Reads the argument of `--set`. */
export function assignment(text: string): Setting {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError(`--set needs key=value, got "${text}".`);
  const [key, value] = [text.slice(0, at), text.slice(at + 1)];
  if (key.split(".").length > 10) {
    throw new InvalidArgumentError(`"${key.slice(0, 40)}" is no key.`);
  }
  try {
    return { key, value: JSON.parse(value) };
  } catch {
    return { key, value };
  }
}

/** Reads the argument of an option that takes a path. */
export function path(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("It needs a path, got an empty one.");
  return text;
}

export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) {
    throw new InvalidArgumentError(`It needs a number, got "${text}".`);
  }
  return value;
}

/** Reads the argument of an option that takes a whole number from `least` to `most`. */
export function wholeNumber(
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text) => {
    const value = number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`It needs a whole number ${range}, got "${text}".`);
  };
}

/** `500`, or `250,500,1000`. */
function oneOrMore(text: string): number | number[] {
  const values = numbers(text);
  return values.length === 1 ? values[0]! : values;
}

function oneNumber(text: string): number[] {
  return [number(text)];
}

export function numbers(text: string): number[] {
  return text.split(",").map(number);
}

function columns(keys: readonly string[]): string {
  const width = Math.max(...keys.map((key) => key.length)) + 2;
  const lines: string[] = [];
  for (let at = 0; at < keys.length; at += 3) {
    lines.push(`  ${keys.slice(at, at + 3).map((key) => key.padEnd(width)).join("")}`.trimEnd());
  }
  return lines.join("\n");
}
