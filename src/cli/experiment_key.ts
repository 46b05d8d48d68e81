/** Whether numbers that are kept are those that a job would give. */
import type { Plan } from "../method/experiment.ts";
import { parseConfig } from "../method/parse_config.ts";
import { machineKeys, type MethodConfig } from "../method/config.ts";
import { canonicalJson, hashJson, type JsonObject } from "../pipeline/json.ts";
import type { Reproduction } from "../report/reproduction.ts";
import { type Job, makeJob } from "../steps/job.ts";

/** SHA-256 of the arms, with what they stand on, and of the targets: not of claims, which are judged by the same
 * scores. */
export function experimentKey({ arms, targets, layerwiseTarget, bestLayer, layers }: Plan): string {
  return hashJson({
    arms: Object.entries(arms).map(([id, { on, axes, onAt }]) => ({
      ...{ id, on: [...on], axes: [...axes] },
      onAt: onAt && Object.entries(onAt).map(([name, { arm, at }]) => ({ name, arm, at })),
    })),
    targets: [...targets],
    layerwiseTarget,
    bestLayer, // these two are not in the text where they are not given
    layers: layers && [...layers],
  });
}

/** Whether the kept numbers have this key, and the config of the job but for how and on what it is computed. A key that
 * was added to configs since counts as its default was in force, as it does in keys of stages. */
export function isKept(
  job: Pick<Job, "experiment" | "config">,
  key: string,
  kept: Pick<Reproduction, "key" | "config">,
): boolean {
  return kept.key === key && sameSettings(job, kept);
}

/** Whether numbers of this job may take the place of those that are kept: where these are of the same settings, or where
 * both are of one scale as its experiment has it today. */
export function mayReplace(
  { experiment, scale, config }: Pick<Job, "experiment" | "scale" | "config">,
  kept: Pick<Reproduction, "config" | "summary">,
): boolean {
  const asIs = Object.hasOwn(experiment.scales, scale) &&
    textOf(makeJob(experiment, scale, {}).config) === textOf(config);
  return asIs && kept.summary.study.scale === scale || sameSettings({ experiment, config }, kept);
}

function sameSettings(
  { experiment, config }: Pick<Job, "experiment" | "config">,
  kept: Pick<Reproduction, "config">,
): boolean {
  try {
    const then = parseConfig(experiment.schema, kept.config as JsonObject);
    return textOf(then) === textOf(config);
  } catch {
    return false; // it has keys that there are no more
  }
}

function textOf(config: MethodConfig): string {
  const settings = Object.entries(config).filter(([key]) => !machineKeys.has(key));
  return canonicalJson(Object.fromEntries(settings) as JsonObject);
}
