/** Names of the events of a log, by which a reader that was cut off goes on. */
import { type RunEvent, sealEvent } from "../pipeline/events.ts";

export interface EventId {
  /** `logName()` of the log. */
  readonly log: string;
  /** Counted from 1; lines that are no event do not count. */
  readonly n: number;
}

/** What tells a log from one that took its place: eight hex digits of the checksum of its first event. */
export function logName(first: RunEvent): string {
  return String(sealEvent(first)["checksum"]).slice(0, 8);
}

/** As `id:` and `Last-Event-ID` have it: "8f1c02aa.17". */
export function formatEventId({ log, n }: EventId): string {
  return `${log}.${n}`;
}

/** Undefined for what is no id. */
export function parseEventId(text: string): EventId | undefined {
  const [, log, n] = text.match(/^([\da-f]{8})\.(\d{1,15})$/) ?? [];
  return log === undefined ? undefined : { log, n: Number(n) };
}
