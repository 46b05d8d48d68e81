/** Paths that a command was given, so that the same pictures are the same run from whatever folder it is started. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { isJsonObject, type JsonObject } from "../pipeline/json.ts";

/** `asked` with the paths in `data`, `teacher` and `target` made absolute: those that exist, or that begin as only
 * paths do. Names of data sets and networks stay as they are. */
export function absolutePaths(asked: JsonObject): JsonObject {
  const { target } = asked;
  return {
    ...asked,
    ...made(asked, ["data", "teacher"]),
    ...(isJsonObject(target) && { target: { ...target, ...made(target, Object.keys(target)) } }),
  };
}

function made(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.flatMap((key) => {
    const value = object[key];
    return typeof value === "string" ? [[key, absolute(value)]] : [];
  }));
}

function absolute(text: string): string {
  if (text === "~" || text.startsWith("~/")) return join(homedir(), text.slice(2));
  const isPath = /^\.{0,2}[\/\\]|^\.{1,2}$/.test(text);
  const isThere = !namesData(text) && (text.includes("{") || existsSync(text));
  return isPath || isThere ? resolve(text) : text;
}

/** A folder that is called `icons` is meant by `./icons`. */
function namesData(text: string): boolean {
  return text === "icons" || text === "rotnet" || text === "hashtags";
}
