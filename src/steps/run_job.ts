/** A run of an experiment: made, or gone on with where it is there. */
import { buildGraph, type ExperimentGraph } from "../method/graph.ts";
import { finishedRun } from "../pipeline/finished.ts";
import { executeRun, listNodes, makeFolder } from "../pipeline/run.ts";
import type { RunFolder } from "../pipeline/store.ts";
import { identify, type Identity } from "./identity.ts";
import type { Job } from "./job.ts";
import { describeMachine } from "./machine.ts";
import { type Means, openGiven } from "./open_given.ts";
import { publish } from "./publish.ts";
import { type RunOptions, withDefaults } from "./step_options.ts";

/** Runs what is missing, and gives the finished run; no event tells of one that was finished before. Where stages
 * fail, what the others made is published before the error of the first is thrown. */
export async function runJob(job: Job, options: RunOptions): Promise<RunFolder> {
  const means = withDefaults(options);
  const { runs: out, signal, engine, command, onPlan, onEvent } = means;
  await makeFolder(out); // told before Python starts, which takes seconds
  const identity = await identify(job, out, engine);
  const { id, dir, config, resolved, asked } = identity;
  const { study, nodes } = await graphOf(job, identity, means);
  signal.throwIfAborted();
  onPlan?.({ ...identity, study, nodes: listNodes(nodes) });
  const finished = await finishedRun({ dir, out, nodes });
  if (finished) return finished;
  return await executeRun({
    out,
    record: { id, title: study.title, command: [...command], asked, config, study, resolved },
    attempt: {
      command: [...command],
      ...describeMachine(await (await engine()).devices.describe()),
    },
    nodes,
    workers: resolved.workers,
    services: async () => ({ engine: await engine() }),
    signal,
    ...(onEvent && { onEvent }),
    publish,
  });
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
