/** `deno task bench overhead`: the pipeline and the bridge against a Python script that makes the same
 * calls of `py/` with the same arguments, stage by stage, in alternating pairs of processes. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { describeMachine } from "../../src/steps/machine.ts";
import { type DefaultConfig, defaultExperiment } from "../../src/experiments/default.ts";
import { parseConfig } from "../../src/method/parse_config.ts";
import { resolve, type Resolved } from "../../src/method/resolve.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { removeIfThere } from "../../src/pipeline/files.ts";
import type { Attempt } from "../../src/pipeline/events.ts";
import { python } from "../../src/python/mod.ts";
import { count } from "../../src/results/count.ts";
import { formatTable } from "../lib/table.ts";
import type { Ready } from "../setup.ts";
import { askChild } from "./child.ts";
import { compareStage, limit, type StageComparison } from "./compare.ts";
import { type Digests, pythonDigests, typescriptDigests } from "./outputs.ts";
import { pythonPlan } from "./plan.ts";
import { benchFolder, runNodes } from "./run_nodes.ts";
import type { Work } from "./overhead_child.ts";
import { benchGraph, type StageName, stageNames } from "./stages.ts";

/** Stages of a few seconds each, on one thread, as stages of the default job have on two cores. */
export const overheadConfig: DefaultConfig = parseConfig(defaultExperiment.schema, {
  images: 4000,
  epochs: 3,
  k: 300,
  targetSize: 150,
  workers: 1,
  threads: 1,
});

export interface OverheadOptions {
  readonly setup: Pick<Ready, "python" | "venv">;
  readonly pairs: number;
  readonly config?: DefaultConfig;
  /** One line of progress. */
  say(line: string): void;
}

export interface Overhead {
  readonly bench: "overhead";
  readonly pairs: number;
  readonly stages: readonly (StageComparison & {
    readonly stage: StageName;
    /** SHA-256 of what both sides made: the network, features, clusters or scores. */
    readonly sha256: string;
  })[];
  readonly machine: Pick<Attempt, "versions" | "hardware"> & { readonly resolved: Resolved };
}

/** Measures. Throws where the two sides made different things: then they did not do the same work. */
export async function overhead(options: OverheadOptions): Promise<Overhead> {
  const { pairs, say, config = overheadConfig } = options;
  const out = await Deno.makeTempDir({ prefix: "clusterfit-bench-" });
  try {
    say(`Rendering ${config.images.toLocaleString("en")} icons and the targets, once`);
    const machine = await prepare(out, config);
    const sides = makeSides(options.setup, out, config, machine);
    const times: Record<SideName, Seconds[]> = { typescript: [], python: [] };
    for (let pair = 1; pair <= pairs; pair++) {
      for (const name of pair % 2 === 1 ? sideNames : sideNames.toReversed()) {
        const seconds = await sides[name].time();
        times[name].push(seconds);
        say(`Pair ${pair} of ${pairs}, ${titles[name]}: ${describe(seconds)}`);
      }
    }
    const digests = await sides.typescript.digests();
    checkSame(digests, await sides.python.digests());
    const stages = stageNames.map((stage) => ({
      stage,
      ...compareStage({
        typescript: times.typescript.map((seconds) => seconds[stage]),
        python: times.python.map((seconds) => seconds[stage]),
      }),
      sha256: digests[stage],
    }));
    return { bench: "overhead", pairs, stages, machine };
  } finally {
    await removeIfThere(out);
  }
}

/** Whether no stage is slower than the limit allows. */
export function isWithin({ stages }: Overhead): boolean {
  return stages.every(({ within }) => within);
}

export function overheadTable({ stages, pairs, machine }: Overhead): string {
  const rows = stages.map(({ stage, typescript, python, differenceMs, ratio, within }) => [
    stage,
    `${typescript.toFixed(3)} s`,
    `${python.toFixed(3)} s`,
    `${differenceMs.toFixed(0)} ms`,
    `${(100 * (ratio - 1)).toFixed(1)}%`,
    within ? "within" : "TOO SLOW",
  ]);
  const { device, precision, threads } = machine.resolved;
  const place = `${device}, ${precision}, ${count(threads, "thread")}`;
  return `${formatTable([["stage", "TypeScript", "Python", "difference", "", "limit"], ...rows])}\n
Median of ${pairs} alternating pairs; ${place}; both sides made the same bytes.
The limit is ${100 * limit.ratio}% or ${limit.milliseconds} ms, whichever is more.`;
}

type Seconds = Readonly<Record<StageName, number>>;
const secondsSchema = z.record(z.enum(stageNames), z.number());

const sideNames = ["typescript", "python"] as const;
type SideName = (typeof sideNames)[number];
const titles: Readonly<Record<SideName, string>> = { typescript: "TypeScript", python: "Python" };

interface Side {
  /** Runs every stage anew. */
  time(): Promise<Seconds>;
  /** Of what the latest run made. */
  digests(): Promise<Digests>;
}

/** Renders the data, and says on what machine. Python has ended when it returns. */
async function prepare(out: string, config: DefaultConfig): Promise<Overhead["machine"]> {
  const engine = await startEngine();
  try {
    const description = await engine.devices.describe();
    const resolved = resolve(config, description);
    const { data } = benchGraph(config, resolved, description.versions);
    await runNodes({ out, config, resolved, nodes: data, engine });
    return { ...describeMachine(description), resolved };
  } finally {
    await python.shutdown();
  }
}

function makeSides(
  setup: OverheadOptions["setup"],
  out: string,
  config: DefaultConfig,
  { resolved, versions }: Overhead["machine"],
): Readonly<Record<SideName, Side>> {
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const graph = benchGraph(config, resolved, versions);
  const run = benchFolder(out);
  const scratch = join(out, "python");
  const plan = pythonPlan(graph, { run, out: scratch, images: config.images });
  return {
    typescript: {
      time: async () =>
        secondsSchema.parse(
          await askChild(
            [Deno.execPath(), "run", "--allow-all", here("overhead_child.ts")],
            { out, config, resolved, versions } satisfies Work,
            { VIRTUAL_ENV: setup.venv },
          ),
        ),
      digests: () => typescriptDigests(graph, run),
    },
    python: {
      async time() {
        await removeIfThere(scratch);
        const command = [setup.python, here("overhead.py")] as const;
        return secondsSchema.parse(
          await askChild(command, plan, { PYTHONPATH: here("../../py") }),
        );
      },
      digests: () => pythonDigests(scratch),
    },
  };
}

function checkSame(typescript: Digests, python: Digests): void {
  const differing = stageNames.filter((stage) => typescript[stage] !== python[stage]);
  if (differing.length === 0) return;
  throw new Error(
    `TypeScript and Python made different things at ${differing.join(", ")}: ` +
      "the comparison needs the same calls with the same arguments. Mend tasks/bench/plan.ts.",
  );
}

function describe(seconds: Seconds): string {
  return stageNames.map((stage) => `${stage} ${seconds[stage].toFixed(2)} s`).join(", ");
}
