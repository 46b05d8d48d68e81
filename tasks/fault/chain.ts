/** One run that meets fault after fault, each in a process that goes on where the one before ended. */
import { openRun } from "../../src/pipeline/store.ts";
import { differences } from "../lib/differences.ts";
import { folderOf } from "../lib/small_run.ts";
import { describeFault, type Fault } from "./faults.ts";
import { type Costs, judge, noCosts } from "./judge.ts";
import { readKept } from "./kept.ts";
import { runChild } from "./run_child.ts";

export interface Chain {
  /** What was met, in that order. */
  readonly met: readonly Fault[];
  /** What was not: the run had passed these calls, or came to its end without them. */
  readonly left: readonly Fault[];
  /** Each line behind the fault that it follows. */
  readonly costs: Costs;
}

export interface ChainOptions {
  /** A folder of runs of its own. */
  readonly out: string;
  /** The folder of the undisturbed run. */
  readonly reference: string;
  readonly python: string | undefined;
  /** Called with each fault that was met. */
  onMet(fault: Fault): void;
}

/** Runs until nothing disturbs the run any more. */
export async function runChain(
  faults: readonly Fault[],
  { out, reference, python, onMet }: ChainOptions,
): Promise<Chain> {
  const dir = folderOf(out);
  const met: Fault[] = [];
  const costs = noCosts();
  for (let before = await readKept(out, dir);;) {
    const left = faults.filter((fault) => !met.includes(fault));
    const { met: name, ...ended } = await runChild({ out, faults: left }, python);
    const fault = left.find((one) => name && describeFault(one) === describeFault(name));
    const after = await readKept(out, dir);
    const found = judge({ before, after, ended: { ...ended, met: fault }, last: met.at(-1) });
    if (fault) {
      met.push(fault);
      onMet(fault);
    }
    if (ended.how === 0) found.different.push(...await differences(reference, await openRun(dir)));
    addCosts(costs, met.at(-1), found);
    before = after;
    if (fault && ended.how !== 0) continue;
    return { met, left: faults.filter((fault) => !met.includes(fault)), costs };
  }
}

/** Each line behind the fault that it follows. */
export function addCosts(costs: Costs, behind: Fault | undefined, found: Costs): void {
  const about = behind ? `${describeFault(behind)}: ` : "";
  for (const kind of Object.keys(costs) as (keyof Costs)[]) {
    costs[kind].push(...found[kind].map((line) => about + line));
  }
}
