/** Writes a run's curves as event files, once or as they grow. */
import { basename, dirname } from "node:path";
import { isUnderWay } from "../../pipeline/status.ts";
import type { RunFolder } from "../../pipeline/store.ts";
import type { Clock } from "../../registry/clock.ts";
import { FollowedRun, type Snapshot } from "../../registry/followed_run.ts";
import { RunFiles } from "../../registry/run_files.ts";
import { curvesOf } from "./curves.ts";
import type { EventFolder } from "./event_folder.ts";
import { EventTimes } from "./event_times.ts";

export interface FollowOptions {
  /** Whether to go on until the run has ended. */
  readonly follow: boolean;
  readonly clock: Clock;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Milliseconds between two looks at the run. */
const interval = 3000;

/** Returns how many points were written. Rejects where `signal` is aborted. */
export async function writeEvents(
  { dir, id }: Pick<RunFolder, "dir" | "id">,
  folder: EventFolder,
  { follow, clock, signal }: FollowOptions,
): Promise<number> {
  const files = new RunFiles(dirname(dir));
  const run = new FollowedRun(files, basename(dir));
  const times = new EventTimes(files, basename(dir), id);
  for (let points = 0;;) {
    const snapshot = await run.snapshot();
    if (!snapshot) return points; // its folder was removed
    await times.look(); // after the logs: what stands in them has happened by now
    points += await folder.write(curvesOf(snapshot, times));
    if (!follow || !isAtWork(snapshot)) return points;
    await clock.sleep(interval, signal);
  }
}

function isAtWork({ state }: Snapshot): boolean {
  return state !== "damaged" && isUnderWay({ state });
}
