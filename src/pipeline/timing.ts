/** How long things took, from the events of a run. */
import type { RunEvent } from "./events.ts";

/** Seconds per node, summed over the attempts that finished. */
export function stageSeconds(events: readonly RunEvent[]): ReadonlyMap<string, number> {
  const seconds = new Map<string, number>();
  for (const event of events) {
    if (event.type !== "finished") continue;
    seconds.set(event.node, (seconds.get(event.node) ?? 0) + event.seconds);
  }
  return seconds;
}

/** Sums the time during which a process was at work: each from `run-started` to its last event. */
export class WallClock {
  #milliseconds = 0;
  #last?: number;

  take(event: RunEvent): void {
    const time = Date.parse(event.t);
    if (event.type !== "run-started" && this.#last !== undefined) {
      this.#milliseconds += time - this.#last;
    }
    this.#last = time;
  }

  get seconds(): number {
    return this.#milliseconds / 1000;
  }
}

/** Wall seconds of all attempts together. */
export function wallSeconds(events: readonly RunEvent[]): number {
  const clock = new WallClock();
  for (const event of events) clock.take(event);
  return clock.seconds;
}
