/** The command line: flags, `--set`, `--config`, and their help. */
import { Command, InvalidArgumentError, Option } from "commander";
import { configKeys, defaultConfig } from "../method/config.ts";
import type { Json, JsonObject } from "../pipeline/json.ts";
import { write } from "./output.ts";

export const version = "0.1.0";

export interface Options {
  readonly out: string;
  readonly json: boolean;
  readonly explain: boolean;
  /** Path of a config file, if one was given. */
  readonly config?: string;
  /** What flags and `--set` say, dotted keys, in the order of the command line. */
  readonly settings: readonly Setting[];
}

export interface Setting {
  readonly key: string;
  readonly value: Json;
}

/** Reads the arguments. Throws commander's CommanderError on `--help`, `--version` and mistakes. */
export function parseOptions(args: readonly string[]): Options {
  const settings: Setting[] = [];
  const sets = (key: string, read: (text: string) => Json) => (text: string): Json => {
    const value = read(text);
    settings.push({ key, value });
    return value;
  };
  const command = new Command("clusterfit")
    .description(
      "Pre-train a network, cluster its features, train a new one from scratch on the cluster ids, " +
        "and probe both on four targets (ClusterFit, Yan et al., CVPR 2020).\n" +
        "Without options: the whole method on icons, a few minutes on two cores.",
    )
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .allowExcessArguments(false)
    .option(
      "--teacher <name>",
      "what Npre is trained on: rotnet (no labels) or hashtags",
      sets("teacher", String),
      defaultConfig.teacher,
    )
    .option("--k <n>", "number of clusters", sets("k", number), defaultConfig.k)
    .option(
      "--seed <n>",
      "seed of every random draw of the run",
      sets("seeds", oneNumber),
      defaultConfig.seeds[0],
    )
    .addOption(
      new Option("--seeds <a,b,c>", "several seeds; scores then have a spread")
        .argParser(sets("seeds", numbers)).conflicts("seed"),
    )
    .option(
      "--arch <name>",
      "network, e.g. resnet10-small, resnet18",
      sets("arch", String),
      defaultConfig.arch,
    )
    .option(
      "--epochs <n>",
      "passes over the pictures, for Npre and Ncf alike",
      sets("epochs", number),
      defaultConfig.epochs,
    )
    .option(
      "--device <name>",
      "auto, cpu, cuda or cuda:<n>",
      sets("device", String),
      defaultConfig.device,
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
    .addHelpText("after", `\nKeys for --set:\n${columns(configKeys())}\n\n${examples}`)
    .showHelpAfterError("(--help lists the options)")
    .configureOutput({
      writeOut: (text) => void write("stdout", text),
      writeErr: (text) => void write("stderr", text),
    })
    .exitOverride();
  command.parse(args, { from: "user" });
  const { out, json, explain, config } = command.opts<Options>();
  return { out, json, explain, ...(config !== undefined && { config }), settings };
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
  const object = typeof inner === "object" && inner !== null && !Array.isArray(inner)
    ? inner as JsonObject
    : {};
  return { ...target, [key]: assign(object, rest, value) };
}

function assignment(text: string): Setting {
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

function path(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("It needs a path, got an empty one.");
  return text;
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) {
    throw new InvalidArgumentError(`It needs a number, got "${text}".`);
  }
  return value;
}

function oneNumber(text: string): number[] {
  return [number(text)];
}

function numbers(text: string): number[] {
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
