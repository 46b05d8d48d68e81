/** How long things took, from the events of a run. */
import type { RunEvent } from "../pipeline/events.ts";

/** Seconds per node, summed over the attempts that finished. */
export function stageSeconds(events: readonly RunEvent[]): ReadonlyMap<string, number> {
  const seconds = new Map<string, number>();
  for (const event of events) {
    if (event.type !== "finished") continue;
    seconds.set(event.node, (seconds.get(event.node) ?? 0) + event.seconds);
  }
  return seconds;
}

/** Wall seconds during which a process was at work: each from `run-started` to its last event. */
export function wallSeconds(events: readonly RunEvent[]): number {
  let total = 0;
  let last: number | undefined;
  for (const event of events) {
    const time = Date.parse(event.t);
    if (event.type !== "run-started" && last !== undefined) total += time - last;
    last = time;
  }
  return total / 1000;
}

/** `48 s`, `3 min 20 s`, `2 h 05 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const pad = (n: number) => String(n).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}
