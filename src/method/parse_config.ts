/** Checks what a user gave against the config of an experiment. */
import type { z } from "zod";
import { isSmall, smallArchitectures, widthOf } from "../models/architectures.ts";
import { UserError } from "../pipeline/errors.ts";
import type { JsonObject } from "../pipeline/json.ts";
import type { MethodConfig } from "./config.ts";
import { explain } from "./config_issues.ts";
import { configKeys } from "./config_keys.ts";

/**
 * A schema that takes `{}`: every key has a default.
 *
 * @internal
 */
export type ConfigSchema<Config> = z.ZodType<Config>;

/**
 * Checks a config made of JSON values, or throws a UserError that names the key, what it needs, what it
 * got and, for an unknown key, the nearest known one.
 *
 * @example What is wrong is said in words
 * ```ts
 * import { defaultExperiment, parseConfig, UserError } from "clusterfit";
 *
 * console.log(parseConfig(defaultExperiment.schema, { k: [100, 200] }).k); // [ 100, 200 ]
 * try {
 *   parseConfig(defaultExperiment.schema, { epoch: 3 });
 * } catch (error) {
 *   if (!(error instanceof UserError)) throw error;
 *   console.log(error.message.includes("epochs")); // true
 * }
 * ```
 */
export function parseConfig<Config extends MethodConfig>(
  schema: ConfigSchema<Config>,
  given: JsonObject,
): Config {
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const known = configKeys(schema.parse({}) as JsonObject);
    throw new UserError(firstOfEach(parsed.error.issues).map(explain(given, known)).join("\n"));
  }
  const config = parsed.data;
  const width = widthOf(config);
  if (config.width !== "auto" && (width === null || width !== 64 && !isSmall(config.arch))) {
    throw new UserError(
      `Cannot build ${config.arch}: it has one width and needs width 64, found ${config.width}. ` +
        `Leave width out, or take one of ${smallArchitectures.join(", ")}.`,
    );
  }
  return config;
}

/** Of each place in a config the first issue: a value of another type has a length too, and zod judges it. */
function firstOfEach(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  return [...Map.groupBy(issues, ({ path }) => JSON.stringify(path)).values()]
    .map(([first]) => first!);
}
