/** An experiment with a results page: run where its numbers are not there yet. */
import { reproductions } from "../experiments/list.ts";
import type { Plan } from "../method/experiment.ts";
import { UserError } from "../pipeline/errors.ts";
import { checkFigure } from "../report/figures/list.ts";
import type { Job } from "../steps/job.ts";
import { openGiven } from "../steps/open_given.ts";
import { runJob } from "../steps/run_job.ts";
import { experimentKey, isKept, mayReplace } from "./experiment_key.ts";
import type { Options } from "./options.ts";
import { drawPages, keepOnPage, keptOnPage, numbersFile } from "./page.ts";
import { explainRun, openingMeans, performRun, type Terms } from "./run_command.ts";

/** Throws a UserError where the folder of a page has numbers of the experiment that are not to be lost: told before
 * hours of training. */
export async function checkNumbersKept(job: Job, folder: string): Promise<void> {
  const { name } = job.experiment;
  const kept = await keptOnPage(folder, name);
  if (!kept || mayReplace(job, kept)) return;
  const { id, began } = kept.run;
  throw new UserError(
    `Cannot keep the numbers of ${name} in ${folder}: it needs a folder without those of other settings, found ` +
      `those of run ${id} (${began.slice(0, 10)}). Give another folder with --page, or remove ${
        numbersFile(folder, name)
      }.`,
  );
}

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
  const plan = await planOf(job, terms);
  const key = experimentKey(plan);
  const kept = await keptOnPage(folder, name);
  // what a file of one's own means may change without its key
  const there = kept !== undefined && Object.hasOwn(reproductions, name) && isKept(job, key, kept);
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

async function planOf({ experiment, config }: Job, terms: Terms): Promise<Plan> {
  const { given: { world, networks } } = await openGiven(experiment, config, openingMeans(terms));
  const plan = experiment.plan(config, world, networks);
  const axes = plan.axes.map(({ name }) => name);
  for (const request of plan.figures) checkFigure(request, { arms: Object.keys(plan.arms), axes });
  return plan;
}
