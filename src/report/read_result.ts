/** What came of a finished run, as data. */
import { join } from "node:path";
import { forecastFile, readForecast } from "../pipeline/forecast.ts";
import { type RunFolder, runPaths } from "../pipeline/store.ts";
import { wallSeconds } from "../pipeline/timing.ts";
import { type JsonResult, toJsonResult } from "./json_result.ts";
import { type LeftOut, readLeftOut } from "./left_out.ts";
import { type PlanOutcome, planOutcome } from "./plan_verdict.ts";
import { readSummary } from "./read_summary.ts";

/** What `--json` prints. */
export interface RunResult extends JsonResult {
  /** How far off the plan was, where one was made before the run. */
  readonly plan?: PlanOutcome;
  /** Of each index of pictures that could not all be decoded; empty where all could. */
  readonly leftOut: readonly LeftOut[];
  /** Path of its report. */
  readonly report: string;
}

/**
 * What a finished run measured, read from its artifacts, which are checked.
 *
 * @example The scores on each target
 * ```ts
 * import { openRun, readResult } from "clusterfit";
 *
 * const { targets, clusterings } = await readResult(await openRun("runs/mine"));
 * for (const { target, scores } of targets) console.log(target, scores);
 * console.log(clusterings[0]?.k); // 5
 * ```
 */
export async function readResult(run: RunFolder): Promise<RunResult> {
  const events = await run.events();
  const forecast = await readForecast(join(run.dir, forecastFile));
  return {
    ...toJsonResult(await readSummary(run), run.id, wallSeconds(events)),
    ...(forecast && { plan: planOutcome(forecast, events) }),
    leftOut: await readLeftOut(run),
    report: runPaths(run.dir).report,
  };
}
