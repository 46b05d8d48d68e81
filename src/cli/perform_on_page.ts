/** An experiment with a results page: run where its numbers are not there yet. */
import { reproductions } from "../experiments/list.ts";
import type { Job } from "../steps/job.ts";
import { openGiven } from "../steps/open_given.ts";
import { runJob } from "../steps/run_job.ts";
import { experimentKey, isKept } from "./experiment_key.ts";
import type { Options } from "./options.ts";
import { drawPages, keepOnPage, keptOnPage } from "./page.ts";
import { explainRun, openingMeans, performRun, type Terms } from "./run_command.ts";

/** Runs the job unless the folder of the page has its numbers, keeps them there, and draws all pages. Returns the exit
 * code. */
export async function performOnPage(
  job: Job,
  options: Options,
  terms: Terms,
  folder: string,
): Promise<number> {
  const { output } = terms;
  const { name } = job.experiment;
  const key = await keyOf(job, terms);
  const kept = await keptOnPage(folder, name);
  const there = kept !== undefined && isKept(job, key, kept);
  if (there) {
    const { id, began } = kept.run;
    output.line(
      `${name}: its numbers are there (run ${id}, ${began.slice(0, 10)}), nothing to run`,
    );
  }
  if (options.explain) {
    if (!there) await explainRun(job, options, terms);
    return 0;
  }
  if (!there) {
    const run = await performRun((how) => runJob(job, how), options, terms);
    if (!run) return 130;
    await keepOnPage(folder, run, key);
  }
  await drawPages(folder, Object.values(reproductions), output);
  return 0;
}

async function keyOf({ experiment, config }: Job, terms: Terms): Promise<string> {
  const { given: { world, networks } } = await openGiven(experiment, config, openingMeans(terms));
  return experimentKey(experiment.plan(config, world, networks));
}
