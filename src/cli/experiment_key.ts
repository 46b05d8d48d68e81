/** What says that an experiment which was run is the one that is asked for. */
import type { MethodConfig } from "../method/config.ts";
import type { Plan } from "../method/experiment.ts";
import { hashJson, type JsonObject } from "../pipeline/json.ts";

/** SHA-256 of the config, of the arms with their axes and of the targets: not of what only says how it is computed
 * and on what, nor of claims, which are judged by the same scores. */
export function experimentKey(
  name: string,
  { device: _, precision: __, threads: ___, workers: ____, ...config }: MethodConfig,
  { arms, targets, layerwiseTarget }: Plan,
): string {
  const made = Object.entries(arms).map(([id, { on, axes }]) => ({
    ...{ id, on: [...on], axes: [...axes] },
  }));
  return hashJson({
    experiment: name,
    config: config as unknown as JsonObject,
    arms: made,
    targets: [...config.targets ?? targets],
    layerwiseTarget,
  });
}
