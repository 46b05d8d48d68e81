/** Which attempt made what: from the events of a run. */
import type { Origin, RunEvent } from "./events.ts";

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
