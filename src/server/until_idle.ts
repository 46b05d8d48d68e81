/** When a server that was started beside a run has done its work. */
import { join } from "node:path";
import { isLocked } from "../pipeline/lock.ts";
import { folderNames } from "../pipeline/store.ts";
import type { Clock } from "../registry/clock.ts";

/** Between two looks, milliseconds. */
const interval = 15_000;

/** Resolves once no run under `out` was at work for so many minutes. Rejects where `signal` is aborted. */
export async function untilIdle(
  out: string,
  minutes: number,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  let busy: string | undefined;
  for (let since = clock.now(); clock.now() - since < minutes * 60_000;) {
    await clock.sleep(interval, signal);
    busy = await runAtWork(out, busy);
    if (busy !== undefined) since = clock.now();
  }
}

/** Aborted once it is idle, or `signal` is. */
export function whenIdle(
  out: string,
  minutes: number,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): AbortSignal {
  const idle = new AbortController();
  const end = () => idle.abort();
  untilIdle(out, minutes, { clock, signal }).then(end, end);
  return idle.signal;
}

/** Name of a run that is at work: `last` where that still is. */
async function runAtWork(out: string, last: string | undefined): Promise<string | undefined> {
  const isBusy = (name: string) => isLocked(join(out, name));
  if (last !== undefined && isBusy(last)) return last;
  return (await folderNames(out)).find(isBusy);
}
