/** A run that is killed at a stage that another run, in a process of its own, waits for. */
import { join } from "node:path";
import { isThere } from "../../src/pipeline/files.ts";
import { openRun } from "../../src/pipeline/store.ts";
import { differences } from "../lib/differences.ts";
import { folderOf } from "../lib/small_run.ts";
import { addCosts, type ChainOptions } from "./chain.ts";
import { goFile, metFile } from "./child.ts";
import type { Fault } from "./faults.ts";
import { type Costs, judge, noCosts } from "./judge.ts";
import { readKept } from "./kept.ts";
import { runChild } from "./run_child.ts";

/** Holds a run at the fault until another one waits, lets the fault strike, and runs both to their end. */
export async function killBeside(
  fault: Fault,
  { out, reference, python, onMet }: ChainOptions,
): Promise<Costs> {
  const costs = noCosts();
  const other = join(out, "other");
  const dirs = { killed: folderOf(out), other };
  const killed = runChild({ out, faults: [fault], holds: true }, python);
  await until(() => isThere(metFile(out)), killed);
  onMet(fault);
  const before = await readKept(out, dirs.killed);
  const waiting = runChild({ out, id: "other", faults: [] }, python);
  await until(async () => await waited(out, other), waiting);
  await Deno.writeTextFile(goFile(out), "");
  const died = await killed;
  const left = await readKept(out, dirs.killed);
  addCosts(costs, fault, judge({ before, after: left, ended: died, last: undefined }));

  const ended = await waiting;
  const after = await readKept(out, other);
  const found = { ...before, record: undefined, events: [], artifacts: new Map() }; // no run of its own
  addCosts(costs, fault, judge({ before: found, after, ended, last: undefined }));
  if (!await waited(out, other)) costs.wrong.push("the other run did not wait");

  const again = await runChild({ out, faults: [] }, python);
  const last = await readKept(out, dirs.killed);
  addCosts(costs, fault, judge({ before: left, after: last, ended: again, last: fault }));
  for (const [dir, { how }] of [[dirs.killed, again], [other, ended]] as const) {
    if (how === 0) costs.different.push(...await differences(reference, await openRun(dir)));
  }
  return costs;
}

async function waited(out: string, dir: string): Promise<boolean> {
  return (await readKept(out, dir)).events.some(({ type }) => type === "waiting");
}

/** Looks until it holds, or until the process has ended. */
async function until(holds: () => Promise<boolean>, ended: Promise<unknown>): Promise<void> {
  let over = false;
  const watched = ended.finally(() => over = true);
  watched.catch(() => {}); // whoever awaits the process is told
  while (!over && !await holds()) await new Promise((resolve) => setTimeout(resolve, 50));
}
