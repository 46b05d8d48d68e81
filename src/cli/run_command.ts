/** One run from the command line: made or gone on with, watched, shown. */
import { type Engine, startEngine } from "../engine/mod.ts";
import { planGraph } from "../pipeline/plan.ts";
import { openRun, type RunFolder } from "../pipeline/store.ts";
import { readSummary } from "../report/read_summary.ts";
import { shellCommand } from "../report/shell.ts";
import { count } from "../results/count.ts";
import type { Install } from "../steps/extras.ts";
import { identify } from "../steps/identity.ts";
import type { Job } from "../steps/job.ts";
import { graphOf } from "../steps/run_job.ts";
import { type RunOptions, withDefaults } from "../steps/step_options.ts";
import { startCompanions } from "./companions/start.ts";
import { headline } from "./headline.ts";
import { listenForInterrupts } from "./interrupt.ts";
import type { Options } from "./options.ts";
import type { Output } from "./output.ts";
import { show } from "./show.ts";
import { RunWatch } from "./watch_run.ts";

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
  const means = openingMeans({ output, install });
  const identity = await identify(job, options.out, means.engine);
  const { study, nodes } = await graphOf(job, identity, means);
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

/** Runs a step that makes a run, watched on the terminal, and shows the result; where stages failed that of the
 * others before their error is thrown. Returns the finished run; none where a signal stopped it. */
export async function performRun(
  step: (options: RunOptions) => Promise<RunFolder>,
  { out, json, companions = [] }: Pick<Options, "out" | "json" | "companions">,
  { output, command, install }: Terms,
): Promise<RunFolder | undefined> {
  using interrupts = listenForInterrupts();
  const watch = new RunWatch(output);
  let dir = "";
  let beside: Promise<void> | undefined;
  const accompany = () =>
    beside ??= startCompanions(companions, { dir, say: (line) => watch.note(line) });
  try {
    using _shown = watch;
    const run = await step({
      ...{ runs: out, command, install, signal: interrupts.signal },
      engine: lazyEngine(output),
      say: output.line,
      onPlan: (planned) => {
        dir = planned.dir;
        watch.plan(planned);
      },
      onEvent: (event) => {
        watch.take(event);
        if (event.type === "run-started") void accompany();
      },
    });
    watch.close();
    if (!watch.began) output.line("Already done: nothing to run. Another --seed makes a new run.");
    await show(run, output, json);
    await accompany(); // where the run was short, or done before
    return run;
  } catch (error) {
    if (!interrupts.signal.aborted) {
      if (watch.published) await showMeasured(await openRun(watch.published), output, json);
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

/** What did not fail, where that is anything that was measured. */
async function showMeasured(run: RunFolder, output: Output, json: boolean): Promise<void> {
  const { measurements } = await readSummary(run);
  if (json || measurements.length > 0) await show(run, output, json);
}

/** What is needed to look at what a run is given, and told on the terminal: Ctrl-C simply ends the process, as
 * nothing is under way yet. */
export function openingMeans({ output, install }: Pick<Terms, "output" | "install">) {
  return withDefaults({ say: output.line, install, engine: lazyEngine(output) });
}

/** Starts Python, when it is first needed: a finished run is shown without it. */
function lazyEngine(output: Output): () => Promise<Engine> {
  return () => {
    output.line("Starting Python, PyTorch and FAISS");
    return startEngine();
  };
}
