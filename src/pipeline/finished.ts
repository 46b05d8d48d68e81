/** Whether all of a run is there and as it was written: then nothing has to be done. */
import { findDamage } from "./damage.ts";
import type { RunEvent } from "./events.ts";
import type { Node } from "./graph.ts";
import { planGraph } from "./plan.ts";
import { findRun, type RunFolder } from "./store.ts";

/** The run in `dir`, if it has finished, its log and what it published are undamaged, and every artifact of
 * the graph is intact in this very folder: an equal one of another run is not enough. */
export async function finishedRun<Services>(
  graph: {
    readonly dir: string;
    readonly out: string;
    readonly nodes: readonly Node<string, Services>[];
  },
): Promise<RunFolder | undefined> {
  const run = await findRun(graph.dir);
  const log = await run?.eventLog();
  if (!run || !log || !hasFinished(log.values)) return undefined;
  if ((await findDamage(run, log)).length > 0) return undefined;
  const plan = await planGraph(graph);
  return plan.every(({ action }) => action === "reuse") ? run : undefined;
}

/** Whether the last attempt told that all is done. */
function hasFinished(events: readonly RunEvent[]): boolean {
  const last = events.findLast(({ type }) => ends.has(type) || type === "run-started");
  return last?.type === "run-finished";
}

const ends: ReadonlySet<RunEvent["type"]> = new Set(["run-finished", "run-failed", "run-stopped"]);
