/** The commands: arguments in, exit code out. */
import type { Install } from "../steps/extras.ts";
import type { Job } from "../steps/job.ts";
import { runJob } from "../steps/run_job.ts";
import { askedJob } from "./asked_job.ts";
import { commandList, findCommand } from "./commands/find.ts";
import { subcommands } from "./commands/list.ts";
import { withConfigFile } from "./config_file.ts";
import { loadSettings } from "./load_config.ts";
import { type Options, parseOptions } from "./options.ts";
import { createOutput } from "./output.ts";
import { makePageFolder } from "./page.ts";
import { checkNumbersKept, performOnPage } from "./perform_on_page.ts";
import { listReproductions, parseReproduce, reproduceJob } from "./reproduce_options.ts";
import { explainRun, performRun, type Terms } from "./run_command.ts";
import { told } from "./told.ts";
import { typedCommand } from "./typed_command.ts";

/** `deno task clusterfit`: a run, or the command of that name. Returns 0: done; 2: a mistake of the user's, told in one
 * message; 130: stopped by Ctrl-C, SIGTERM or a closed terminal; 1: what was looked at is not well (`verify`, `doctor`,
 * `datasets`), or a fault of ours, with its stack. */
export function main(args: readonly string[], install: Install): Promise<number> {
  return told(async () => {
    const [name, ...rest] = args;
    const command = findCommand(name, subcommands);
    if (command) return await command.run(rest, { install });
    const given = parseOptions(args, commandList(subcommands));
    const options = await withConfigFile(given, createOutput(given).line);
    return await perform(
      await askedJob(options),
      options,
      termsOf("clusterfit", args, { options, install }),
    );
  });
}

/** `deno task reproduce`: experiments of the paper, one after the other. Returns likewise. */
export function reproduce(args: readonly string[], install: Install): Promise<number> {
  return told(async () => {
    const { experiments, scale, page, ...options } = await parseReproduce(args);
    if (experiments.length === 0) {
      createOutput(options).result(listReproductions());
      return 0;
    }
    const given = await loadSettings(options);
    const jobs = experiments.map((experiment) => reproduceJob(experiment, scale, given));
    if (page !== undefined) { // what is wrong is told before hours of training
      await makePageFolder(page);
      for (const job of options.explain ? [] : jobs) await checkNumbersKept(job, page);
    }
    for (const job of jobs) {
      const terms = termsOf("reproduce", args, { options, install });
      const code = page === undefined
        ? await perform(job, options, terms)
        : await performOnPage(job, options, terms, page);
      if (code !== 0) return code;
    }
    return 0;
  });
}

async function perform(job: Job, options: Options, terms: Terms): Promise<number> {
  if (options.explain) {
    await explainRun(job, options, terms);
    return 0;
  }
  return await performRun((how) => runJob(job, how), options, terms) ? 0 : 130;
}

function termsOf(
  task: string,
  args: readonly string[],
  { options, install }: { readonly options: Options; readonly install: Install },
): Terms {
  const output = createOutput(options);
  return { output, install, command: typedCommand(task, args, Deno.env.toObject()) };
}
