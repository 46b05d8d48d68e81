/** Times as one types them. */
import { InvalidArgumentError } from "commander";

const unitMs: Readonly<Record<string, number>> = { m: 60e3, h: 3600e3, d: 86_400e3, w: 604_800e3 };

/** The time that a day, a time or a while ago means, ISO 8601: `2026-11-20` is when that day begins here, `2026-11-20T14:30` a
 * time here, `3d` three days before `now` (ms). */
export function since(text: string, now = Date.now()): string {
  return instant(text, 0, now);
}

/** Likewise; of a day when it is over. */
export function until(text: string, now = Date.now()): string {
  return instant(text, 1, now);
}

function instant(text: string, daysOn: number, now: number): string {
  const ago = /^(\d{1,6})([mhdw])$/.exec(text);
  if (ago) return new Date(now - Number(ago[1]) * unitMs[ago[2]!]!).toISOString();
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (day) {
    const [year, month, date] = day.slice(1).map(Number) as [number, number, number];
    const begins = new Date(year, month - 1, date);
    if (begins.getMonth() === month - 1 && begins.getDate() === date) { // there is such a day
      return new Date(year, month - 1, date + daysOn).toISOString();
    }
  } else if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) {
    const time = Date.parse(text);
    if (!Number.isNaN(time)) return new Date(time).toISOString();
  }
  throw new InvalidArgumentError(
    `It needs a day as 2026-11-20, a time as 2026-11-20T14:30, or how long ago as 3d or 12h, got "${text}".`,
  );
}

/** `2026-11-20 14:30`, here. */
export function formatTime(iso: string): string {
  return new Date(iso).toLocaleString("sv").slice(0, 16);
}
