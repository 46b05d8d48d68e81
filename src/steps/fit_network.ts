/** The step `fit`: a network from scratch on labels that are there. */
import { fit, type FitKeys } from "../experiments/fit.ts";
import type { RunFolder } from "../pipeline/store.ts";
import { type Job, stepJob } from "./job.ts";
import { runJob } from "./run_job.ts";
import type { RunOptions } from "./step_options.ts";

/** What the network is trained on, and how: the keys of the config, `data` among them. */
export type FitSettings = FitKeys;

/**
 * Trains a network from scratch on the labels of pictures, without a teacher and without clusters: those of folders,
 * of a table with the columns `path` and `label`, or the clusters that an export wrote. Gives the finished run: its
 * network is taken out of it with `exportRun`, and `readResult` has the scores on the targets. Stopped or killed, the
 * same call goes on. Rejects with a UserError where the settings, the pictures or their labels are refused.
 *
 * @example On folders of pictures, one folder for each class
 * ```ts
 * import { fitNetwork } from "clusterfit";
 * import sharp from "sharp";
 *
 * for (const name of ["red", "green"]) {
 *   await Deno.mkdir(`fruit/${name}`, { recursive: true });
 *   for (let at = 0; at < 8; at++) {
 *     const create = { width: 20 + at, height: 20, channels: 3, background: name } as const;
 *     await sharp({ create }).toFile(`fruit/${name}/${at}.png`);
 *   }
 * }
 * const run = await fitNetwork({ data: "fruit", arch: "resnet10-small", epochs: 2, size: 16 }, {
 *   onEvent(event) {
 *     if (event.type === "progress") console.error(event.node, event.done, event.total);
 *   },
 * });
 * console.log(run.record.study["title"]); // A network on labels
 * ```
 */
export async function fitNetwork(
  settings: FitSettings,
  options: RunOptions = {},
): Promise<RunFolder> {
  return await runJob(fitJob(settings), options);
}

/** What it runs. Throws a UserError on an unknown key or a bad value. */
export function fitJob(settings: FitSettings): Job {
  return stepJob(fit, settings);
}
