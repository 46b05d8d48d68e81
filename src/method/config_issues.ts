/** What zod finds wrong with a config, in words for the person who set it. */
import type { z } from "zod";
import type { JsonObject } from "../pipeline/json.ts";
import { configKeys } from "./config_keys.ts";
import { nearestWord, typos } from "../pipeline/nearest_word.ts";

/** The known key nearest to `key`, by all of it or by its last part; a pointer to the list where none is
 * near. */
function suggestion(key: string, keys: readonly string[]): string {
  const edits = (key: string, known: string) =>
    Math.min(typos(key, known), typos(last(key), last(known)));
  const best = nearestWord(key, keys, edits);
  return best === undefined ? "(--help lists the keys)" : `Did you mean ${best}?`;
}

function last(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1);
}

type Issue = z.core.$ZodIssue;

/** A sentence of what is wrong with a key, for an issue that zod found in `given`. `known`: every key. */
export const explain = (given: JsonObject, known: readonly string[]) => (issue: Issue): string => {
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
