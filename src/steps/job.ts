/** What a command asks for: an experiment at one scale, with what the user set. */
import { defaultExperiment } from "../experiments/default.ts";
import { own } from "../experiments/own.ts";
import { machineKeys, type MethodConfig } from "../method/config.ts";
import type { Experiment } from "../method/experiment.ts";
import { parseConfig } from "../method/parse_config.ts";
import { isJsonObject, type JsonObject } from "../pipeline/json.ts";
import { absolutePaths } from "./absolute_paths.ts";
import { plainSettings } from "./plain_settings.ts";

export interface Job<Config extends MethodConfig = MethodConfig> {
  readonly experiment: Experiment<Config>;
  /** Name of one of the experiment's scales, with a word where the user changed more than seeds and the machine; empty
   * where it has one size only. */
  readonly scale: string;
  /** What was asked for, without defaults: the same asked again is the same run, also where a default has
   * changed or a key was added since. */
  readonly asked: JsonObject;
  /** What it means today. */
  readonly config: Config;
}

/** What `deno task clusterfit` alone may run: which of them is said by what is set. */
const toldByConfig: ReadonlySet<string> = new Set([defaultExperiment.name, own.name]);

/** The job of an experiment whose user set `given`. Throws a UserError on an unknown key or a bad value. */
export function makeJob<Config extends MethodConfig>(
  experiment: Experiment<Config>,
  scale: string,
  given: JsonObject,
): Job<Config> {
  const config = checkConfig(experiment, over(experiment.scales[scale]?.config ?? {}, given));
  const asked = {
    ...(!toldByConfig.has(experiment.name) && { experiment: experiment.name }),
    ...(scale !== "" && { scale }),
    ...given,
  };
  const changed = scale !== "" &&
    Object.keys(given).some((key) => key !== "seeds" && !machineKeys.has(key));
  return { experiment, scale: changed ? `${scale}, other settings` : scale, asked, config };
}

/** The job of a step: an experiment of one size, with what a program or a command line set. Throws likewise. */
export function stepJob<Config extends MethodConfig>(
  experiment: Experiment<Config>,
  settings: object,
): Job<Config> {
  return makeJob(experiment, "", absolutePaths(plainSettings(settings)));
}

/** A config of the experiment, all its keys checked. Throws a UserError. */
export function checkConfig<Config extends MethodConfig>(
  experiment: Experiment<Config>,
  given: JsonObject,
): Config {
  const config = parseConfig(experiment.schema, given);
  experiment.check(config);
  return config;
}

/** `given` laid over `base`, key by key. */
function over(base: JsonObject, given: JsonObject): JsonObject {
  return Object.entries(given).reduce<JsonObject>((merged, [key, value]) => {
    const before = merged[key];
    const both = isJsonObject(before) && isJsonObject(value) ? over(before, value) : value;
    return { ...merged, [key]: both };
  }, base);
}
