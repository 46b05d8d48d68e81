/** Runs by their folders, beside each other. */
import { basename, dirname } from "node:path";
import { UserError } from "../pipeline/errors.ts";
import type { RunFolder } from "../pipeline/store.ts";
import { compareRuns } from "../report/comparison/compare_runs.ts";
import { type Comparison, mostRuns } from "../report/comparison/comparison.ts";
import { FollowedRun, type Snapshot } from "./followed_run.ts";
import { RunFiles } from "./run_files.ts";

/**
 * Two to eight runs beside each other, as far as they are: their configs, versions and machines where they differ, what
 * they measured (mean and sample standard deviation over seeds; percent), how each differs from the first one, and
 * their curves. They may be of several experiments. Plain JSON: what `clusterfit compare --json` prints.
 *
 * Rejects with a UserError where there are not two to eight, or one was removed.
 *
 * @example A run and itself
 * ```ts
 * import { compareRunFolders, openRun } from "clusterfit";
 *
 * const runs = [await openRun("runs/mine"), await openRun("runs/mine")];
 * const { config, scores } = await compareRunFolders(runs);
 * console.log(config, scores.every(({ gains }) => gains[1]?.verdict === "equal")); // [] true
 * ```
 */
export async function compareRunFolders(runs: readonly RunFolder[]): Promise<Comparison> {
  if (runs.length < 2 || runs.length > mostRuns) {
    throw new UserError(
      `Cannot compare runs: it needs two to ${mostRuns} of them, found ${runs.length}. Name others.`,
    );
  }
  return compareRuns(await Promise.all(runs.map(lookAt)));
}

async function lookAt({ dir }: RunFolder): Promise<Snapshot> {
  const place = await Deno.realPath(dir); // a link to the folder was named on purpose
  const run = new FollowedRun(new RunFiles(dirname(place)), basename(place));
  const snapshot = await run.snapshot();
  if (snapshot) return snapshot;
  throw new UserError(`Cannot compare the run in ${dir}: it was removed meanwhile. Name another.`);
}
