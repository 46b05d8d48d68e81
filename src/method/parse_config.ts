/** Checks what a user gave against the config of an experiment; its mistakes are told by key. */
import { distance } from "fastest-levenshtein";
import type { z } from "zod";
import { defaultWidth, isSmall, smallArchitectures, widestLayer } from "../models/architectures.ts";
import { UserError } from "../pipeline/errors.ts";
import type { JsonObject } from "../pipeline/json.ts";
import type { MethodConfig } from "./config.ts";

/** A schema that takes `{}`: every key has a default. */
export type ConfigSchema<Config> = z.ZodType<Config>;

/** Checks a config made of JSON values, or throws a UserError that names the key, what it needs, what it
 * got and, for an unknown key, the nearest known one. */
export function parseConfig<Config extends MethodConfig>(
  schema: ConfigSchema<Config>,
  given: JsonObject,
): Config {
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const known = configKeys(schema.parse({}) as JsonObject);
    throw new UserError(parsed.error.issues.map(explain(given, known)).join("\n"));
  }
  const config = parsed.data;
  if (config.width !== "auto" && config.width !== 64 && !isSmall(config.arch)) {
    throw new UserError(
      `Cannot build ${config.arch}: it is torchvision's and needs width 64, found ${config.width}. ` +
        `Leave width out, or take one of ${smallArchitectures.join(", ")}.`,
    );
  }
  const width = config.width === "auto" ? defaultWidth(config.arch) : config.width;
  const widest = widestLayer(config.arch, width);
  if (config.probe.layerBudget < widest) {
    throw new UserError(
      `Cannot probe each layer: it needs probe.layerBudget >= ${widest}, the channels of the last ` +
        `layer of ${config.arch} of width ${width}, found ${config.probe.layerBudget}. ` +
        `Give --set probe.layerBudget=${widest} or more${
          isSmall(config.arch) ? ", or a smaller width" : ""
        }.`,
    );
  }
  return config;
}

/** Throws a UserError where there are more clusters than images. */
export function checkClusters(k: readonly number[], images: number): void {
  const most = Math.max(...k);
  if (most <= images) return;
  throw new UserError(
    `Cannot cluster: k-means needs k <= number of images, found k = ${most} and images = ${images}. ` +
      "Give a smaller --k or a larger --set images=N.",
  );
}

/** Every key that `--set` takes, dotted: `training.learningRate`. */
export function configKeys(value: JsonObject, prefix = ""): string[] {
  return Object.entries(value).flatMap(([key, member]) =>
    isObject(member) && Object.keys(member).length > 0
      ? configKeys(member, `${prefix}${key}.`)
      : [`${prefix}${key}`]
  );
}

/** The known key nearest to `key`, by all of it or by its last part; a pointer to the list where none is
 * near. */
function suggestion(key: string, keys: readonly string[]): string {
  const [best] = keys
    .map((known) => ({ known, edits: Math.min(typos(key, known), typos(last(key), last(known))) }))
    .sort((a, b) => a.edits - b.edits);
  return best && best.edits < Infinity ? `Did you mean ${best.known}?` : "(--help lists the keys)";
}

/** Edits from `word` to `known`; Infinity for so many that another word was meant. */
function typos(word: string, known: string): number {
  const edits = distance(word, known);
  return edits < word.length && edits <= Math.max(2, word.length / 3) ? edits : Infinity;
}

function last(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1);
}

type Issue = z.core.$ZodIssue;

const explain = (given: JsonObject, known: readonly string[]) => (issue: Issue): string => {
  const path: PropertyKey[] = [];
  let found: unknown = given;
  for (const key of issue.path) {
    // a single value stands for a list of one
    if (typeof key === "number" && !Array.isArray(found)) break;
    path.push(key);
    found = (found as Record<PropertyKey, unknown> | undefined)?.[key];
  }
  const name = path.join(".");
  if (issue.code === "unrecognized_keys") {
    const unknown = issue.keys.map((key) => [key, (found as JsonObject)[key] ?? null]);
    return configKeys(Object.fromEntries(unknown), name && `${name}.`)
      .map((key) => `Cannot set "${key}": it needs a key of the config. ${suggestion(key, known)}`)
      .join("\n");
  }
  return `Cannot set ${name}: ${needOf(issue)}, found ${shown(found)}.`;
};

/** What a value needs to be. */
function needOf(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `it needs ${kindOf(issue.expected)}`;
    case "invalid_value":
      return `it needs ${issue.values.map(shown).join(" or ")}`;
    case "too_small":
    case "too_big": {
      const least = issue.code === "too_small";
      const bound = least ? issue.minimum : issue.maximum;
      const than = least
        ? (issue.inclusive ? "at least" : "more than")
        : issue.inclusive
        ? "at most"
        : "less than";
      const unit = issue.origin === "array" ? " values" : "";
      return isOwn(issue.message) ? issue.message : `it needs ${than} ${bound}${unit}`;
    }
    case "invalid_union": {
      // An alternative for each branch; where one says it in words of ours, that is enough.
      const branches = issue.errors.flatMap((errors) => errors.slice(0, 1)).map(needOf);
      const own = issue.errors.flat().find(({ message }) => isOwn(message));
      return own
        ? own.message
        : [...new Set(branches)].join(", or ").replaceAll(", or it needs", " or");
    }
    default:
      return isOwn(issue.message) ? issue.message : `it needs another value (${issue.message})`;
  }
}

/** Whether a message is one that a schema of ours gives: zod's own begin with what is wrong. */
function isOwn(message: string): boolean {
  return !/^(Invalid|Too|Unrecognized)/.test(message);
}

function kindOf(expected: string): string {
  const kinds: Readonly<Record<string, string>> = {
    int: "a whole number",
    number: "a number",
    string: "a text",
    boolean: "true or false",
    array: "a list",
    object: "an object of keys",
    null: "null",
  };
  return kinds[expected] ?? expected;
}

/** A value for a message, cut where it is long. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
