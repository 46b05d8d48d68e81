/** What tells one state of a run from another, as far as its page shows it. */
import type { Snapshot } from "../../registry/followed_run.ts";

/** Milliseconds after which the page of a run at work is another one, as time goes on in it and memory grows. */
export const moment = 2000;

/** Equal texts where the page would be equal. `now`: milliseconds. */
export function shownState(snapshot: Snapshot, now: number): string {
  const { state, message, notes, lastEventId, curves, hasReport, record, summary } = snapshot;
  return JSON.stringify([
    ...[state, message, notes, lastEventId, hasReport, numberOf(record), numberOf(summary)],
    curves.map(({ points }) => [points.length, points.at(-1)]),
    state === "running" ? Math.floor(now / moment) : null,
  ]);
}

const numbers = new WeakMap<object, number>();
let last = 0;

/** Of what is read anew only where its file changed: another number for another object. */
function numberOf(value: object | undefined): number {
  if (value === undefined) return 0;
  const number = numbers.get(value) ?? ++last;
  numbers.set(value, number);
  return number;
}
