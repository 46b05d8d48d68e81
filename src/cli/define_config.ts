/**
 * `defineConfig()` for config files in TypeScript: names and kinds of every key, as an editor completes them.
 *
 * ```ts
 * import { defineConfig } from "clusterfit/config";
 *
 * export default defineConfig({ k: 1000, epochs: 12, training: { learningRate: 0.05 } });
 * ```
 *
 * It has no import that runs: a config file loads nothing else.
 *
 * @module
 */
import type { DefaultSettings } from "../experiments/default.ts";
import type { Figure3Settings } from "../experiments/figure3.ts";
import type { OwnSettings } from "../experiments/own.ts";

/** What `deno task clusterfit --config` takes: on icons, or on pictures or with a teacher of one's own. */
export type RunSettings = DefaultSettings | OwnSettings;

/** What experiments take: the default one, the one on what its user brings, and `deno task reproduce figure3`. */
export type { DefaultSettings, Figure3Settings, OwnSettings };

/** The settings as they are. Without a type argument those of `deno task clusterfit`; those of another experiment
 * as in `defineConfig<Figure3Settings>({ noise: 50 })`. Values are checked when the file is used. */
export function defineConfig<Settings extends object = RunSettings>(
  settings: NoInfer<Settings>,
): Settings {
  return settings;
}
