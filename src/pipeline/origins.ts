/** Which attempt made what: from the events of a run. */
import { basename, dirname } from "node:path";
import type { Origin, RunEvent } from "./events.ts";
import { openRun } from "./store.ts";

/** Node -> the attempt that made its artifact, the last one where it was made several times. */
export function stageOrigins(events: readonly RunEvent[]): ReadonlyMap<string, Origin> {
  const origins = new Map<string, Origin>();
  const started = new Map<string, Origin>();
  let current: Origin | undefined;
  for (const event of events) {
    if (event.type === "run-started") current = { ...event.attempt, began: event.t };
    if (event.type === "started" && current) started.set(event.node, current);
    if (event.type === "finished" && current) origins.set(event.node, current);
    if (event.type === "reused") {
      // An attempt that died as soon as the artifact was whole could not say that it had finished.
      const origin = event.origin ?? origins.get(event.node) ?? started.get(event.node);
      if (origin) origins.set(event.node, origin);
    }
  }
  return origins;
}

/** The attempt that made the artifact in `dir`, a folder `<run>/artifacts/<node>`; `undefined` where that
 * run cannot tell. */
export async function originOf(dir: string): Promise<Origin | undefined> {
  const run = await openRun(dirname(dirname(dir))).catch(() => undefined);
  const events = await run?.events().catch(() => undefined);
  return events && stageOrigins(events).get(basename(dir));
}
