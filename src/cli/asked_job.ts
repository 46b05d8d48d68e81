/** What `deno task clusterfit` means: the default experiment on icons, or the one on what its user brings. */
import { dataSetNames } from "../data/catalogue.ts";
import { defaultExperiment } from "../experiments/default.ts";
import { own } from "../experiments/own.ts";
import type { Experiment } from "../method/experiment.ts";
import { configKeys } from "../method/config_keys.ts";
import type { JsonObject } from "../pipeline/json.ts";
import { nearestWord } from "../pipeline/nearest_word.ts";
import { absolutePaths } from "../steps/absolute_paths.ts";
import { type Job, makeJob } from "../steps/job.ts";
import { loadSettings } from "./load_config.ts";
import type { Options } from "./options.ts";

/** Keys that only `own` has. */
const ownKeys = new Set(Object.keys(own.schema.parse({})))
  .difference(new Set(Object.keys(defaultExperiment.schema.parse({}))));

/** The job that the options of `deno task clusterfit` ask for. Throws a UserError on an unknown key or a bad value. */
export async function askedJob(options: Pick<Options, "config" | "settings">): Promise<Job> {
  const asked = absolutePaths(await loadSettings(options));
  return makeJob(chooseExperiment(asked), "", asked);
}

/** `own` where anything is asked that the default experiment does not have: other data, a pre-trained teacher, a
 * student of another library, a key of its own. */
export function chooseExperiment(asked: JsonObject): Experiment {
  const { data = "icons", teacher = "rotnet", arch = "" } = asked;
  const brought = !dataSetNames.some((name) => name === data) || namesNetwork(String(teacher)) ||
    String(arch).includes(":") ||
    configKeys(asked).some((key) => ownKeys.has(key.split(".")[0]!));
  return (brought ? own : defaultExperiment) as Experiment;
}

/** Whether a teacher is meant to be a pre-trained network; a word may be a misspelt teacher of icons. */
function namesNetwork(teacher: string): boolean {
  const word = "efficientnet-lite0";
  return nearestWord(teacher, [word]) === word || /[:./\\]/.test(teacher);
}
