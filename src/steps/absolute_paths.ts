/** Paths that a user gave, so that the same pictures are the same run from whatever folder it is started. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { dataSetNames } from "../data/catalogue.ts";
import { publishedSpec } from "../data/published/list.ts";
import { iconTeachers } from "../experiments/default.ts";
import { expandHome } from "../pipeline/home.ts";
import { isJsonObject, type JsonObject } from "../pipeline/json.ts";

/** `asked` with the paths in `data`, `teacher`, `network` and `target` made absolute: those that exist, or that begin
 * as only paths do. Names of data sets and networks stay as they are. */
export function absolutePaths(asked: JsonObject): JsonObject {
  const { target } = asked;
  return {
    ...asked,
    ...made(asked, ["data", "teacher", "network"]),
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
  const published = publishedSpec(text);
  if (published) return `${published.set.name}:${published.path}`;
  const path = expandHome(text);
  const isPath = /^\.{0,2}[\/\\]|^\.{1,2}$/.test(path);
  const isThere = !namesData(path) && (path.includes("{") || existsSync(path));
  return isPath || isThere ? resolve(path) : path;
}

/** A folder that is called `icons` is meant by `./icons`. */
function namesData(text: string): boolean {
  return [...dataSetNames, ...iconTeachers].some((name) => name === text);
}
