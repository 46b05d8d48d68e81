/** The config of a run: defaults, then the config file, then `--set` and flags. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Config, parseConfig } from "../clusterfit/config.ts";
import { UserError } from "../pipeline/errors.ts";
import type { JsonObject } from "../pipeline/json.ts";
import { applySettings, type Options } from "./options.ts";

/** What a config file and options ask for, without defaults, and the config that it means today. */
export interface Asked {
  readonly asked: JsonObject;
  readonly config: Config;
}

/** Throws a UserError on a missing or broken file, an unknown key or a bad value. */
export async function loadConfig(options: Pick<Options, "config" | "settings">): Promise<Asked> {
  const base = options.config === undefined ? {} : await readConfigFile(options.config);
  const asked = applySettings(base, options.settings);
  return { asked, config: parseConfig(asked) };
}

async function readConfigFile(path: string): Promise<JsonObject> {
  const value = await readValue(path).catch((error: Error) => {
    throw new UserError(
      `Reading the config file ${path} failed: ${error.message}. ` +
        "It needs JSON, or TypeScript with `export default { k: 500 }`.",
    );
  });
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UserError(`The config file ${path} needs to hold one object, like { "k": 500 }.`);
  }
  return value as JsonObject;
}

async function readValue(path: string): Promise<unknown> {
  if (!/\.[cm]?[jt]s$/.test(path)) return JSON.parse(await Deno.readTextFile(path));
  return (await import(pathToFileURL(resolve(path)).href)).default;
}
