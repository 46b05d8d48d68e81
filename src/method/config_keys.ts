/** The keys of a config as its user writes them. */
import { isJsonObject, type JsonObject } from "../pipeline/json.ts";

/** Every key that `--set` takes, dotted: `training.learningRate`. */
export function configKeys(value: JsonObject, prefix = ""): string[] {
  return Object.entries(value).flatMap(([key, member]) =>
    isJsonObject(member) && Object.keys(member).length > 0
      ? configKeys(member, `${prefix}${key}.`)
      : [`${prefix}${key}`]
  );
}
