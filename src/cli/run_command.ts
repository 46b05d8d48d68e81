/** One run from the command line: made or gone on with, watched, shown. */
import { buildGraph, type ExperimentGraph } from "../method/graph.ts";
import { type Engine, startEngine } from "../engine/mod.ts";
import { planGraph } from "../pipeline/plan.ts";
import type { RunFolder } from "../pipeline/store.ts";
import { executeRun, listNodes, makeFolder } from "../pipeline/run.ts";
import { finishedRun } from "../pipeline/finished.ts";
import { count } from "../results/count.ts";
import { shellCommand } from "../report/shell.ts";
import { wrap } from "../report/wrap.ts";
import type { Study } from "../results/study.ts";
import { identify, type Identity } from "./identity.ts";
import { listenForInterrupts } from "./interrupt.ts";
import type { Install } from "./extras.ts";
import type { Job } from "./job.ts";
import { describeMachine } from "./machine.ts";
import { type Means, openGiven } from "./open_given.ts";
import type { Options } from "./options.ts";
import type { Output } from "./output.ts";
import { createReporter } from "./reporter.ts";
import { publish, show } from "./show.ts";

/** How a command runs. */
export interface Terms {
  readonly output: Output;
  /** As its user can type it again. */
  readonly command: readonly string[];
  readonly install: Install;
}

/** Says which stages would run and why, and changes nothing but what it has to fetch for that. */
export async function explainRun(
  job: Job,
  options: Options,
  { output, install }: Terms,
): Promise<void> {
  const engine = lazyEngine(output);
  const identity = await identify(job, options.out, engine);
  const { study, nodes } = await graphOf(job, identity, { output, install, engine });
  output.line(headline(identity, study, output.stream.columns || undefined));
  const plan = await planGraph({ dir: identity.dir, out: options.out, nodes });
  if (options.json) {
    return output.result(JSON.stringify({ run: identity.id, stages: plan }));
  }
  const width = Math.max(...plan.map(({ title }) => title.length));
  for (const { title, action, why } of plan) {
    output.result(`${action.padEnd(6)}  ${title.padEnd(width)}  ${why}`);
  }
  const counts = Map.groupBy(plan, ({ action }) => action);
  output.line(
    `${count(plan.length, "stage")}: ` +
      [...counts].map(([action, { length }]) => `${length} to ${action}`).join(", "),
  );
}

/** Runs what is missing and shows the result, where stages failed that of the others before their error is thrown.
 * Returns the finished run; none where a signal stopped it. */
export async function performRun(
  job: Job,
  options: Options,
  { output, command, install }: Terms,
): Promise<RunFolder | undefined> {
  await makeFolder(options.out); // told before Python starts, which takes seconds
  const engine = lazyEngine(output);
  const identity = await identify(job, options.out, engine);
  const { id, config, resolved, asked } = identity;
  const { study, nodes } = await graphOf(job, identity, { output, install, engine });
  output.line(headline(identity, study, output.stream.columns || undefined));
  const finished = await finishedRun({ dir: identity.dir, out: options.out, nodes });
  if (finished) {
    output.line("Already done: nothing to run. Another --seed makes a new run.");
    await show(finished, output, options.json);
    return finished;
  }
  using interrupts = listenForInterrupts();
  let published: RunFolder | undefined;
  try {
    using reporter = createReporter(listNodes(nodes), output);
    const run = await executeRun({
      out: options.out,
      record: { id, title: study.title, command: [...command], asked, config, study, resolved },
      attempt: {
        command: [...command],
        ...describeMachine(await (await engine()).devices.describe()),
      },
      nodes,
      workers: resolved.workers,
      services: async () => ({ engine: await engine() }),
      signal: interrupts.signal,
      onEvent: (event) => reporter.onEvent(event),
      async publish(run, made) {
        const names = await publish(run, made);
        if (names.length > 0) published = run;
        return names;
      },
    });
    reporter.close();
    await show(run, output, options.json);
    return run;
  } catch (error) {
    if (!interrupts.signal.aborted) {
      if (published) await show(published, output, options.json); // what did not fail
      throw error;
    }
    try {
      output.line(
        `Stopped; nothing is lost. Go on with the same command:\n  ${shellCommand(command)}`,
      );
    } catch {
      // a terminal that was closed takes no text
    }
    return undefined;
  }
}

/**
 * What runs, on what, and where to; on a terminal, wrapped between words. Where `auto` took float32
 * for want of bfloat16 instructions, it says what that costs: the times are in the README.
 */
export function headline(
  { id, dir, config, resolved }: Pick<Identity, "id" | "dir" | "config" | "resolved">,
  { facts }: Pick<Study, "facts">,
  columns = Infinity,
): string {
  const { device, precision, workers, threads } = resolved;
  const slower = config.precision === "auto" && device === "cpu" && precision === "float32"
    ? " (this CPU lacks bfloat16: about twice the time)"
    : "";
  const asked = [
    ...facts.map(([name, value]) => `${name} ${value}`),
    count(config.seeds.length, "seed"),
  ].join(", ");
  const line = `clusterfit ${id}: ${asked}; ${device}, ${precision}${slower}, ` +
    `${count(workers, "stage")} at once x ${count(threads, "thread")} -> ${dir}`;
  return wrap(line, columns).join("\n");
}

/** What an experiment with this config makes. */
export async function graphOf(
  { experiment, scale }: Job,
  { config, resolved }: Identity,
  means: Means,
): Promise<ExperimentGraph> {
  const { given, versions } = await openGiven(experiment, config, means);
  return buildGraph(experiment, { config, scale }, resolved, versions, given);
}

/** Starts Python once, when it is first needed: a finished run is shown without it. */
export function lazyEngine(output: Output): () => Promise<Engine> {
  let started: Promise<Engine> | undefined;
  return () => {
    if (!started) output.line("Starting Python, PyTorch and FAISS");
    return started ??= startEngine();
  };
}
