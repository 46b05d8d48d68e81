/** The step `probe`: how well a pre-trained network tells labelled pictures apart. */
import { type FrozenKeys, probeOnly } from "../experiments/frozen.ts";
import { UserError } from "../pipeline/errors.ts";
import type { RunFolder } from "../pipeline/store.ts";
import { stepJob } from "./job.ts";
import { runJob } from "./run_job.ts";
import type { RunOptions } from "./step_options.ts";

/** What is probed, and on what. */
export interface ProbeSettings extends Omit<FrozenKeys, "data"> {
  /** A pre-trained network (docs/NETWORKS.md). */
  readonly network: string;
  /** Name -> labelled pictures (docs/DATA.md), one at least. */
  readonly target: Readonly<Record<string, string>>;
}

/**
 * Fits linear probes to the frozen features of a pre-trained network: costs chosen on validation rows, percent on test
 * rows, as in a run. Gives the finished run: `readResult` has the scores. Rejects with a UserError where the
 * settings, the network or the pictures are refused.
 *
 * @example On pictures in a folder for each class
 * ```ts
 * import { probeNetwork, readResult } from "clusterfit";
 * import sharp from "sharp";
 *
 * for (const name of ["red", "green"]) {
 *   await Deno.mkdir(`balls/${name}`, { recursive: true });
 *   for (let at = 0; at < 8; at++) {
 *     const create = { width: 20 + at, height: 20, channels: 3, background: name } as const;
 *     await sharp({ create }).toFile(`balls/${name}/${at}.png`);
 *   }
 * }
 * const run = await probeNetwork({ network: "efficientnet-lite0", target: { balls: "balls" } });
 * const [balls] = (await readResult(run)).targets;
 * console.log(balls?.target, balls?.scores["network"]?.mean); // balls 100
 * ```
 */
export async function probeNetwork(
  settings: ProbeSettings,
  options: RunOptions = {},
): Promise<RunFolder> {
  const [data] = Object.values(settings.target ?? {});
  if (data === undefined) {
    throw new UserError(
      "Cannot probe: it needs labelled pictures, found none. Give --target name=<pictures>.",
    );
  }
  return await runJob(stepJob(probeOnly, { data, ...settings }), options);
}
