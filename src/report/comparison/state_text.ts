/** How far a run is, in words. */
import { count } from "../../results/count.ts";
import { formatDuration } from "../duration.ts";
import type { RunFacts } from "./comparison.ts";

/** `finished · 50 of 50 stages, 35 of them there already · 28 s · 2026-11-26 14:59 UTC`. */
export function stateText({ state, stages, seconds, createdAt }: RunFacts): string {
  const reused = stages.reused > 0 ? `, ${stages.reused} of them there already` : "";
  return [
    state,
    `${stages.done} of ${count(stages.total, "stage")}${reused}`,
    seconds !== null && formatDuration(seconds),
    createdAt !== null && `${createdAt.slice(0, 16).replace("T", " ")} UTC`,
  ].filter(Boolean).join(" · ");
}
