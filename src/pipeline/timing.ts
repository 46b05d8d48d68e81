/** How long things took, from the events of a run. */
import type { RunEvent } from "./events.ts";

/** Sums the time at each node over all its attempts, those too that were stopped, failed or died. Where the clock was set
 * back meanwhile, nothing is taken away. */
export class StageClock {
  readonly #seconds = new Map<string, number>();
  /** When each attempt under way began. */
  readonly #began = new Map<string, number>();
  #last = 0;

  take(event: RunEvent): void {
    const time = Date.parse(event.t);
    switch (event.type) {
      case "started":
        this.#began.set(event.node, time);
        break;
      case "finished":
        this.#began.delete(event.node);
        this.#add(event.node, event.seconds);
        break;
      case "failed":
        this.#end(event.node, time);
        break;
      case "run-started": // a process that died said nothing after its last event
        this.#endAll(this.#last);
        break;
      case "run-stopped":
      case "run-failed":
        this.#endAll(time);
        break;
    }
    this.#last = time;
  }

  get seconds(): ReadonlyMap<string, number> {
    return this.#seconds;
  }

  #endAll(time: number): void {
    for (const node of [...this.#began.keys()]) this.#end(node, time);
  }

  #end(node: string, time: number): void {
    const began = this.#began.get(node);
    if (began === undefined) return;
    this.#began.delete(node);
    this.#add(node, Math.max(0, time - began) / 1000);
  }

  #add(node: string, seconds: number): void {
    this.#seconds.set(node, (this.#seconds.get(node) ?? 0) + seconds);
  }
}

/** Seconds per node of all attempts together. */
export function stageSeconds(events: readonly RunEvent[]): ReadonlyMap<string, number> {
  const clock = new StageClock();
  for (const event of events) clock.take(event);
  return clock.seconds;
}

/** Sums the time during which a process was at work: each from `run-started` to its last event. Likewise where the
 * clock was set back. */
export class WallClock {
  #milliseconds = 0;
  #last?: number;

  take(event: RunEvent): void {
    const time = Date.parse(event.t);
    if (event.type !== "run-started" && this.#last !== undefined) {
      this.#milliseconds += Math.max(0, time - this.#last);
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
