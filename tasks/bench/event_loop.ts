/** `deno task bench event-loop`: how late timers fire while a run goes on, beside those of an idle thread
 * of the same process, which what else the machine does delays as much. */
import { describeMachine } from "../../src/steps/machine.ts";
import { type DefaultConfig, defaultExperiment } from "../../src/experiments/default.ts";
import { parseConfig } from "../../src/method/parse_config.ts";
import { buildGraph } from "../../src/method/graph.ts";
import { resolve, type Resolved } from "../../src/method/resolve.ts";
import { type Engine, startEngine } from "../../src/engine/mod.ts";
import { removeIfThere } from "../../src/pipeline/files.ts";
import { executeRun } from "../../src/pipeline/run.ts";
import type { Attempt } from "../../src/pipeline/events.ts";
import type { Versions } from "../../src/method/versions.ts";
import { type PyObject, python } from "../../src/python/mod.ts";
import { formatTable } from "../lib/table.ts";
import { median } from "./compare.ts";
import type { Delay, Question } from "./event_loop/idle_thread.ts";
import { watchDelays } from "./event_loop/watch_delays.ts";

/** How much later than the idle thread's the timers of the event loop may be, ms. */
const limitMs = 100;

/** Stages of a second or a few. */
export const eventLoopConfig: DefaultConfig = parseConfig(defaultExperiment.schema, {
  images: 2000,
  targetSize: 60,
  epochs: 3,
  k: 50,
  probe: { layerBudget: 256 },
});

export interface EventLoopOptions {
  /** How many runs; shown are medians. */
  readonly pairs: number;
  readonly config?: DefaultConfig;
  /** One line of progress. */
  say(line: string): void;
}

interface StageDelay {
  /** Node of the run. */
  readonly stage: string;
  /** The latest of the timers that fired while it ran, median, ms. */
  readonly eventLoopMs: number;
  readonly idleThreadMs: number;
  readonly within: boolean;
}

export interface EventLoop {
  readonly bench: "event-loop";
  readonly runs: number;
  readonly stages: readonly StageDelay[];
  readonly machine: Pick<Attempt, "versions" | "hardware"> & { readonly resolved: Resolved };
}

/** Measures. */
export async function eventLoop(options: EventLoopOptions): Promise<EventLoop> {
  const { pairs: runs, config = eventLoopConfig, say } = options;
  const engine = await startEngine();
  try {
    const description = await engine.devices.describe();
    const resolved = resolve(config, description);
    const found: Record<string, Latest[]> = {};
    for (let run = 1; run <= runs; run++) {
      const measured = await measureRun(engine, config, resolved, description.versions);
      for (const [stage, latest] of Object.entries(measured)) (found[stage] ??= []).push(latest);
      const worst = Math.max(...Object.values(measured).map(({ eventLoop }) => eventLoop));
      say(`Run ${run} of ${runs}, the latest timer: ${worst.toFixed(0)} ms`);
    }
    return {
      bench: "event-loop",
      runs,
      stages: Object.entries(found).map(([stage, latest]) => ({ stage, ...compare(latest) })),
      machine: { ...describeMachine(description), resolved },
    };
  } finally {
    await python.shutdown();
  }
}

/** Whether no stage delays the event loop by more than the limit. */
export function isPrompt({ stages }: EventLoop): boolean {
  return stages.every(({ within }) => within);
}

export function eventLoopTable({ stages, runs, machine }: EventLoop): string {
  const rows = stages.map(({ stage, eventLoopMs, idleThreadMs, within }) => [
    stage,
    `${eventLoopMs.toFixed(1)} ms`,
    `${idleThreadMs.toFixed(1)} ms`,
    idleThreadMs === 0 ? "" : `${(eventLoopMs / idleThreadMs).toFixed(1)}x`,
    within ? "within" : "TOO LATE",
  ]);
  const { device, workers, threads } = machine.resolved;
  return `${formatTable([["stage", "event loop", "idle thread", "", "limit"], ...rows])}

Median of ${runs} runs of the latest timer; ${device}, workers: ${workers}, threads: ${threads}.
The limit is ${limitMs} ms more than the idle thread's.`;
}

/** Ms that the latest timer was late. */
export interface Latest {
  readonly eventLoop: number;
  readonly idleThread: number;
}

/** One stage, run by run. */
export function compare(latest: readonly Latest[]): Omit<StageDelay, "stage"> {
  const eventLoopMs = median(latest.map(({ eventLoop }) => eventLoop));
  const idleThreadMs = median(latest.map(({ idleThread }) => idleThread));
  return { eventLoopMs, idleThreadMs, within: eventLoopMs <= idleThreadMs + limitMs };
}

/** Runs all stages anew. */
async function measureRun(
  engine: Engine,
  config: DefaultConfig,
  resolved: Resolved,
  versions: Versions,
): Promise<Record<string, Latest>> {
  const out = await Deno.makeTempDir({ prefix: "clusterfit-bench-" });
  const delays: Delay[] = [];
  const spans: Record<string, { from: number; to: number }> = {};
  const now = () => performance.timeOrigin + performance.now();
  const identity = python.import("threading").attr("get_ident") as PyObject;
  const idle = await startIdleThread();
  try {
    using _watch = watchDelays((delay) => {
      delays.push(delay);
      identity.call(); // waits for the GIL, as what the event loop does may have to
    });
    const command = ["deno", "task", "bench", "event-loop"];
    const title = "The event loop";
    const graph = buildGraph(defaultExperiment, { config, scale: "" }, resolved, versions);
    await executeRun({
      out,
      record: { id: "bench", title, command, asked: {}, config, study: graph.study, resolved },
      attempt: { command, versions, hardware: {} },
      nodes: graph.nodes,
      workers: resolved.workers,
      services: () => Promise.resolve({ engine }),
      signal: new AbortController().signal,
      publish: () => Promise.resolve([]),
      onEvent(event) {
        if (event.type === "started") spans[event.node] = { from: now(), to: Infinity };
        if (event.type === "finished") spans[event.node]!.to = now();
      },
    });
    await new Promise((resolve) => setTimeout(resolve, 20)); // what was late at the end is told
    const idleDelays = await idle.ask();
    return Object.fromEntries(
      Object.entries(spans).map(([node, span]) => [node, {
        eventLoop: latest(delays, span),
        idleThread: latest(idleDelays, span),
      }]),
    );
  } finally {
    idle.end();
    await removeIfThere(out);
  }
}

/** The longest of the delays that lay, in part at least, in a span of time. */
function latest(delays: readonly Delay[], { from, to }: { from: number; to: number }): number {
  const inside = delays.filter(({ at, ms }) => at >= from && at - ms <= to);
  return Math.max(0, ...inside.map(({ ms }) => ms));
}

async function startIdleThread() {
  const worker = new Worker(import.meta.resolve("./event_loop/idle_thread.ts"), { type: "module" });
  const ask = (question: Question) => {
    const { promise, resolve, reject } = Promise.withResolvers<Delay[]>();
    worker.onmessage = ({ data }: MessageEvent<Delay[]>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(question);
    return promise;
  };
  await ask("begin");
  return { ask: () => ask("end"), end: () => worker.terminate() };
}
