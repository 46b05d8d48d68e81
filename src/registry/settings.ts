/** A config as keys and values: one a line, to be searched. */
import { isJsonObject, type Json } from "../pipeline/json.ts";

/** Members of members by dotted keys; lists as a whole. */
export function flat(value: Json, key = ""): (readonly [key: string, value: Json])[] {
  if (!isJsonObject(value)) return key === "" ? [] : [[key, value]];
  return Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : flat(member, key === "" ? name : `${key}.${name}`)
  );
}

/** `key=value` in small letters, each once and between line ends; of a list, the whole as JSON and each member. */
export function settingLines(configs: readonly Json[]): string {
  const lines = new Set(
    configs.flatMap((config) => flat(config)).flatMap(([key, value]) =>
      [value, ...(Array.isArray(value) ? value as readonly Json[] : [])].map((one) =>
        `${key}=${typeof one === "string" ? one : JSON.stringify(one)}`.toLowerCase()
      )
    ),
  );
  return `\n${[...lines].join("\n")}\n`;
}

/** Whether a word asks for a setting, as `k=500` or `training.learningRate=0.1`. */
export function isSetting(word: string): boolean {
  return /^[a-z][\w.]*=./i.test(word);
}
