/** The commands: arguments in, exit code out. */
import type { Install } from "../steps/extras.ts";
import { type Job, makeJob } from "../steps/job.ts";
import { runJob } from "../steps/run_job.ts";
import type { RunOptions } from "../steps/step_options.ts";
import { askedJob } from "./asked_job.ts";
import { commandList, findCommand } from "./commands/find.ts";
import { subcommands } from "./commands/list.ts";
import { withConfigFile } from "./config_file.ts";
import { loadSettings } from "./load_config.ts";
import { type Options, parseOptions } from "./options.ts";
import { createOutput } from "./output.ts";
import { makePageFolder, writePage } from "./page.ts";
import { listReproductions, parseReproduce } from "./reproduce_options.ts";
import { explainRun, performRun } from "./run_command.ts";
import { told } from "./told.ts";
import { typedCommand } from "./typed_command.ts";

/** `deno task clusterfit`: a run, or the command of that name. Returns 0: done; 2: a mistake of the user's, told in one
 * message; 130: stopped by Ctrl-C, SIGTERM or a closed terminal; 1: a fault of ours, with its stack. */
export function main(args: readonly string[], install: Install): Promise<number> {
  return told(async () => {
    const [name, ...rest] = args;
    const command = findCommand(name, subcommands);
    if (command) return await command.run(rest, { install });
    const given = parseOptions(args, commandList(subcommands));
    const options = await withConfigFile(given, createOutput(given).line);
    return await perform(await askedJob(options), options, { task: "clusterfit", args, install });
  });
}

/** `deno task reproduce`: an experiment of the paper. Returns likewise. */
export function reproduce(args: readonly string[], install: Install): Promise<number> {
  return told(async () => {
    const { experiment, scale, page, ...options } = parseReproduce(args);
    if (experiment === undefined) {
      createOutput(options).result(listReproductions());
      return 0;
    }
    const job = makeJob(experiment, scale, await loadSettings(options));
    return await perform(job, options, { task: "reproduce", args, install }, page);
  });
}

async function perform(
  job: Job,
  options: Options,
  { task, args, install }: {
    readonly task: string;
    readonly args: readonly string[];
    readonly install: Install;
  },
  page?: string,
): Promise<number> {
  const output = createOutput(options);
  const command = typedCommand(task, args, Deno.env.toObject());
  if (options.explain) {
    await explainRun(job, options, { output, command, install });
    return 0;
  }
  if (page !== undefined) await makePageFolder(page); // told before hours of training
  const run = (how: RunOptions) => runJob(job, how);
  const done = await performRun(run, options, { output, command, install });
  if (!done) return 130;
  if (page !== undefined) await writePage(done, page, output);
  return 0;
}
