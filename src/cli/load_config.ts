/** The config of a run: defaults, then the config file, then `--set` and flags. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Config, parseConfig } from "../clusterfit/config.ts";
import { UserError } from "../pipeline/errors.ts";
import type { JsonObject } from "../pipeline/json.ts";
import { applySettings, type Options } from "./options.ts";

/** Throws a UserError on a missing or broken file, an unknown key or a bad value. */
export async function loadConfig(options: Pick<Options, "config" | "settings">): Promise<Config> {
  const base = options.config === undefined ? {} : await readConfigFile(options.config);
  return parseConfig(applySettings(base, options.settings));
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
