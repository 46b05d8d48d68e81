/** Many faults, met by runs of which two go on at once. */
import { join } from "node:path";
import { shuffled } from "../../src/data/draw.ts";
import { removeIfThere } from "../../src/pipeline/files.ts";
import { folderOf } from "../lib/small_run.ts";
import { runPool } from "../lib/suite.ts";
import { type ChainOptions, runChain } from "./chain.ts";
import { drawFaults } from "./draw_faults.ts";
import { describeFault, type Fault, type Place, placeName } from "./faults.ts";
import { type Costs, noCosts } from "./judge.ts";
import { killBeside } from "./kill_beside.ts";
import { runChild } from "./run_child.ts";

export interface FaultsResult {
  readonly kills: number;
  readonly corrupt: number;
  readonly lost: number;
  readonly hashesEqual: boolean;
  /** Processes that did not end as they have to. */
  readonly wrong: number;
  /** Errors of the system that were met. */
  readonly errors: Readonly<Record<"ENOSPC" | "EIO", number>>;
  /** Stages and calls that a kill hit, of how many there are. */
  readonly stages: string;
  readonly calls: string;
  /** Runs that were brought to their end. */
  readonly runs: number;
  /** Kills of those that were at a stage that another process waited for. */
  readonly besideWaiting: number;
  readonly seed: number;
  readonly seconds: number;
}

/** Faults that one run is given: some are met in each of its stages. */
const ofRun = 25;

/** Draws and meets so many kills and errors, all of them. `say` is told what is under way and what was found. */
export async function tryFaults({ kills, errors, seed, python, say }: {
  readonly kills: number;
  readonly errors: number;
  readonly seed: number;
  /** Python; the one that `python.start` finds unless given. */
  readonly python?: string;
  say(line: string): void;
}): Promise<FaultsResult> {
  const began = performance.now();
  const root = await Deno.makeTempDir({ prefix: "clusterfit-fault-" });
  try {
    say("Running once undisturbed");
    const reference = join(root, "undisturbed");
    const { made, how, stderr } = await runChild({ out: reference, faults: [] }, python);
    if (!made) throw new Error(`the undisturbed run ended with ${how}: ${stderr}`);
    const beside = drawBeside(made, kills, seed);
    const drawn = [
      ...drawFaults(made, { count: kills - beside.length, effects: ["kill"], seed }),
      ...drawFaults(made, { count: errors, effects: ["ENOSPC", "EIO"], seed: seed + 1 }),
    ];
    const met: Fault[] = [];
    const costs = noCosts();
    let runs = 0;
    const options = (): ChainOptions => ({
      ...{ out: join(root, String(runs++)), python, reference: folderOf(reference) },
      onMet(fault) {
        met.push(fault);
        say(`[${met.length}/${kills + errors}] ${describeFault(fault)}`);
      },
    });
    const add = (found: Costs) => {
      for (const kind of Object.keys(costs) as (keyof Costs)[]) {
        costs[kind].push(...found[kind]);
        for (const line of found[kind]) say(`${kind}: ${line}`);
      }
    };
    for (const fault of beside) {
      const one = options();
      add(await killBeside(fault, one));
      await removeIfThere(one.out);
    }
    for (let waiting: readonly Fault[] = drawn; waiting.length > 0;) {
      const left: Fault[] = [];
      await runPool(deal(waiting), navigator.hardwareConcurrency, async (faults) => {
        const one = options();
        const chain = await runChain(faults, one);
        add(chain.costs);
        // In a new run the first of such calls is made in any case: a run that met none of them never will.
        const unmet = chain.left.map((fault) => ({ ...fault, nth: 1 }));
        if (chain.met.length > 0) left.push(...unmet);
        else add({ ...noCosts(), wrong: unmet.map((one) => `${describeFault(one)}: was not met`) });
        await removeIfThere(one.out);
      });
      waiting = left;
    }
    const count = (effect: Fault["effect"]) => met.filter((one) => one.effect === effect).length;
    const hit = (of: "stage" | "call") =>
      `${new Set(met.filter(({ effect }) => effect === "kill").map((one) => one[of])).size} of ` +
      new Set(made.map((one) => one[of])).size;
    return {
      kills: count("kill"),
      corrupt: costs.corrupt.length,
      lost: costs.lost.length,
      hashesEqual: costs.different.length === 0,
      wrong: costs.wrong.length,
      errors: { ENOSPC: count("ENOSPC"), EIO: count("EIO") },
      stages: hit("stage"),
      calls: hit("call"),
      ...{
        runs,
        besideWaiting: beside.length,
        seed,
        seconds: Math.round((performance.now() - began) / 1000),
      },
    };
  } finally {
    await removeIfThere(root);
  }
}

/** Two kills of 100 or more, in the middle of a training and at the end of some stage: another run waits for it. */
function drawBeside(made: readonly Place[], kills: number, seed: number): Fault[] {
  if (kills < 100) return [];
  return ["rename:checkpoint.json", "rename:manifest.json"].flatMap((call) => {
    const places = shuffled(seed, made.filter((place) => place.call === call), placeName);
    return places.slice(0, 1).map((place) => ({
      ...{ ...place, nth: 1, moment: "before" as const, effect: "kill" as const },
    }));
  });
}

/** As many runs as are needed, each with faults from everywhere. */
function deal(faults: readonly Fault[]): Fault[][] {
  const runs = Math.ceil(faults.length / ofRun);
  return Array.from({ length: runs }, (_, run) => faults.filter((_, at) => at % runs === run));
}

/** Whether nothing was lost, and everything ended as it has to. */
export function holds({ corrupt, lost, hashesEqual, wrong }: FaultsResult): boolean {
  return corrupt === 0 && lost === 0 && hashesEqual && wrong === 0;
}
