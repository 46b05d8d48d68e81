/** Time, as whoever waits or measures is given it. */
import { setTimeout as wait } from "node:timers/promises";

export interface Clock {
  /** Milliseconds; it never goes back. */
  now(): number;
  /** Rejects where `signal` is aborted meanwhile. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** From 0 up to 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
  random: () => Math.random(),
};
