/** `clusterfit plan`: what a run would take, from a few measured batches; the run itself is not begun. */
import { estimateGraph } from "../method/estimates/estimate_graph.ts";
import { forecast } from "../method/estimates/forecast.ts";
import { findForecast, keepForecast } from "../pipeline/forecast.ts";
import { planGraph } from "../pipeline/plan.ts";
import { makeFolder } from "../pipeline/run.ts";
import { findRun } from "../pipeline/store.ts";
import { identify } from "../steps/identity.ts";
import type { Job } from "../steps/job.ts";
import { graphOf } from "../steps/run_job.ts";
import { headline } from "./headline.ts";
import { listenForInterrupts } from "./interrupt.ts";
import type { Options } from "./options.ts";
import { planTable } from "./plan_table.ts";
import { openingMeans, type Terms } from "./run_command.ts";

export interface PlanOptions extends Pick<Options, "out" | "json"> {
  /** Of an hour of this machine; null for none. */
  readonly price: number | null;
}

/** Says what each stage takes, and keeps it for the report of the run. Returns false where a signal stopped it. */
export async function planRun(
  job: Job,
  { out, json, price }: PlanOptions,
  { output, install }: Pick<Terms, "output" | "install">,
): Promise<boolean> {
  await makeFolder(out);
  const means = openingMeans({ output, install });
  const identity = await identify(job, out, means.engine);
  const { id, dir, resolved: { workers } } = identity;
  const { study, nodes } = await graphOf(job, identity, means);
  output.line(headline(identity, study, output.stream.columns || undefined));
  const plan = await planGraph({ dir, out, nodes });
  const running = new Set(
    plan.filter(({ action }) => action !== "reuse" && action !== "link").map(({ id }) => id),
  );
  using interrupts = listenForInterrupts();
  const { signal } = interrupts;
  const samples = await Deno.makeTempDir({ prefix: "clusterfit-plan-" });
  try {
    output.line("Measuring a few batches of each kind of stage");
    const costs = await estimateGraph({
      ...{ nodes, running, workers, signal, dir: samples, engine: await means.engine() },
      onSample: ({ title }) => output.line(`  ${title}`),
    });
    const base = Deno.memoryUsage().rss;
    const made = forecast({ run: id, nodes, plan, costs, workers, base, price });
    output.result(json ? JSON.stringify(made) : `\n${planTable(made, workers)}`);
    // what was planned before the run began is what its report compares
    if (await findRun(dir) && await findForecast(out, id)) return true;
    output.line(`Kept in ${await keepForecast(out, made)}: the report says how far off it was.`);
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    await Deno.remove(samples, { recursive: true });
  }
}
