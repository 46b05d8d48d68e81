/** Times as one types them. */

const unitMs: Readonly<Record<string, number>> = { m: 60e3, h: 3600e3, d: 86_400e3, w: 604_800e3 };

/** What `since` and `until` take, to be told where they do not. */
export const timeNeeded =
  "needs a day as 2026-11-20, a time as 2026-11-20T14:30, or how long ago as 3d or 12h";

/** The time that a day, a time or a while ago means, ISO 8601: `2026-11-20` is when that day begins here, `2026-11-20T14:30` a
 * time here, `3d` three days before `now` (ms). Undefined for what is none of them. */
export function since(text: string, now = Date.now()): string | undefined {
  return instant(text, 0, now);
}

/** Likewise; of a day when it is over. */
export function until(text: string, now = Date.now()): string | undefined {
  return instant(text, 1, now);
}

function instant(text: string, daysOn: number, now: number): string | undefined {
  const ago = /^(\d{1,6})([mhdw])$/.exec(text);
  if (ago) return written(new Date(now - Number(ago[1]) * unitMs[ago[2]!]!));
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (day) {
    const [year, month, date] = day.slice(1).map(Number) as [number, number, number];
    if (new Date(year, month - 1, date).getMonth() !== month - 1) return undefined; // no such day
    return written(new Date(year, month - 1, date + daysOn));
  }
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? written(new Date(text)) : undefined;
}

/** Undefined for a time that no date is. */
function written(time: Date): string | undefined {
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
