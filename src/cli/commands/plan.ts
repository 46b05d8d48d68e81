/** `clusterfit plan`: time, memory, disk and money of a run before it runs. */
import { Command, InvalidArgumentError } from "commander";
import { UserError } from "../../pipeline/errors.ts";
import { askedJob } from "../asked_job.ts";
import { withConfigFile } from "../config_file.ts";
import { experimentAmong } from "../find_experiment.ts";
import { addHelp } from "../help.ts";
import { loadSettings } from "../load_config.ts";
import { parseOptions } from "../options.ts";
import { parseReproduce, reproduceJob } from "../reproduce_options.ts";
import { createOutput } from "../output.ts";
import { planRun } from "../plan_run.ts";
import type { Subcommand } from "./command.ts";

export const plan: Subcommand = {
  name: "plan",
  about: "say what a run would take: time, memory, disk, money",
  async run(args, { install }) {
    const { price, rest } = parsePlan(args);
    const { job, options, output } = await plannedJob(rest);
    return await planRun(job, { ...options, price }, { output, install }) ? 0 : 130;
  },
};

/** What `deno task clusterfit` with these arguments would run; `deno task reproduce`, where they name an experiment
 * of the paper. */
async function plannedJob(args: readonly string[]) {
  if (experimentAmong(args) !== undefined) {
    const { experiments: [experiment], scale, ...options } = await parseReproduce(args);
    if (!experiment) {
      throw new UserError("Cannot plan a list: it needs one experiment. Leave --list out.");
    }
    const job = reproduceJob(experiment, scale, await loadSettings(options));
    return { job, options, output: createOutput(options) };
  }
  const given = parseOptions(args);
  const output = createOutput(given);
  const options = await withConfigFile(given, output.line);
  return { job: await askedJob(options), options, output };
}

/** The price of an hour, null where none is given, and the options of the run. */
export function parsePlan(
  args: readonly string[],
): { readonly price: number | null; readonly rest: readonly string[] } {
  const command = addHelp(
    new Command("clusterfit plan")
      .description(
        "Measure a few batches of each kind of stage on this machine, beside as many others as a run has " +
          "at once, and say what the run would take. It takes half a minute or so and begins no run. The " +
          "report of the run then says how far off the plan was.\n" +
          "Takes the options of a run, too: `deno task clusterfit --help` lists them. With the name of an " +
          "experiment, as in `plan figure3 --scale small`, it takes those of `deno task reproduce`.",
      )
      .option(
        "--price <number>",
        "of an hour of this machine, in any currency: says what it costs",
        money,
      ),
  ).allowUnknownOption().allowExcessArguments();
  command.parse([...args], { from: "user" });
  const { price = null } = command.opts<{ price?: number }>();
  return { price, rest: command.args };
}

function money(text: string): number {
  const price = Number(text);
  if (text.trim() !== "" && Number.isFinite(price) && price >= 0) return price;
  throw new InvalidArgumentError(`It needs a price from 0 on, got "${text}".`);
}
