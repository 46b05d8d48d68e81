/** What is wrong with the files of a run that are of no one stage: its event log and what it published. */
import { join } from "node:path";
import type { RunEvent } from "./events.ts";
import { describeDamage, type JsonLines } from "./jsonl.ts";
import { damagedFiles } from "./published.ts";
import { folderNames, type RunFolder, runPaths } from "./store.ts";

/** What is wrong with a run that was begun before, and what follows: a line each, none where all is well.
 * `log` is its event log. */
export async function findDamage(
  run: RunFolder,
  log: JsonLines<RunEvent>,
): Promise<readonly string[]> {
  const damaged = await damagedFiles(run, log.values);
  const them = damaged.length > 1 ? "them" : "it";
  return [
    await damageOfLog(run, log),
    damaged.length > 0 &&
    `${damaged.join(" and ")} of ${run.dir} changed since the run wrote ${them}: written again`,
  ].filter((line) => typeof line === "string");
}

/** What is wrong with the event log of a run that no process is at work on, in words. */
export async function damageOfLog(
  run: RunFolder,
  log: JsonLines<RunEvent>,
): Promise<string | undefined> {
  const { events: path } = runPaths(run.dir);
  const damage = describeDamage(log);
  if (damage !== undefined) {
    return `${path} is damaged: ${damage}; what it said there, of times and machines, is lost`;
  }
  const untold = await untoldArtifacts(run, log.values);
  if (untold.length === 0 || (untold.length === 1 && isCutShort(log.values))) return undefined;
  const what = log.values.length === 0 ? "its start" : untold.join(", ");
  return `${path} does not tell of ${what}: it lost lines; what they said of times and machines is lost`;
}

/** Whether the last attempt died or failed, which it may do between an artifact and its event. */
function isCutShort(events: readonly RunEvent[]): boolean {
  const last = events.at(-1);
  return last !== undefined && last.type !== "run-finished";
}

/** Nodes that have an artifact, though no event says where it came from. */
async function untoldArtifacts(run: RunFolder, events: readonly RunEvent[]): Promise<string[]> {
  const told = new Set(
    events.flatMap((event) =>
      event.type === "finished" || event.type === "reused" ? [event.node] : []
    ),
  );
  const made = await folderNames(join(run.dir, "artifacts"));
  return made.filter((node) => !told.has(node));
}
