/** How far a run is, in words. */
import { count } from "../../results/count.ts";
import { formatDuration } from "../duration.ts";
import type { RunFacts } from "./comparison.ts";
import { utcMinute } from "../utc.ts";

/** `finished · 50 of 50 stages, 35 of them there already · 28 s · 2026-11-26 14:59 UTC`. */
export function stateText(
  { state, stagesDone, stagesReused, stagesTotal, seconds, createdAt }: RunFacts,
): string {
  const reused = stagesReused > 0 ? `, ${stagesReused} of them there already` : "";
  return [
    state,
    `${stagesDone} of ${count(stagesTotal, "stage")}${reused}`,
    seconds !== null && formatDuration(seconds),
    createdAt !== null && `${utcMinute(createdAt)} UTC`,
  ].filter(Boolean).join(" · ");
}
