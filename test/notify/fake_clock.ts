/** Time that passes only while somebody sleeps. */
import type { Clock } from "../../src/registry/clock.ts";

export interface FakeClock extends Clock {
  /** Milliseconds of each sleep. */
  readonly slept: number[];
}

/** `onSleep` is called in each, once its time is over. */
export function fakeClock(onSleep: (now: number) => unknown = () => {}): FakeClock {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    random: () => 1,
    async sleep(milliseconds, signal) {
      signal.throwIfAborted();
      slept.push(milliseconds);
      now += milliseconds;
      await onSleep(now);
    },
  };
}
