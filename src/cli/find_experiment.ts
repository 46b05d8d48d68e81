/** The experiments that a command line can name: those of the paper, and files of one's own. */
import { defaultExperiment } from "../experiments/default.ts";
import { fit } from "../experiments/fit.ts";
import { featuresOnly, probeOnly } from "../experiments/frozen.ts";
import { reproductions } from "../experiments/list.ts";
import { own } from "../experiments/own.ts";
import type { Experiment } from "../method/experiment.ts";
import { UserError } from "../pipeline/errors.ts";
import { isExperimentFile, readExperimentFile } from "./experiment_file.ts";

/** What stands for every experiment of the paper. */
export const all = "all";

/** Names that a file of one's own cannot take: runs and kept numbers are found by them. */
const taken = new Set([
  ...Object.keys(reproductions),
  ...[defaultExperiment, own, fit, featuresOnly, probeOnly].map(({ name }) => name),
  all,
]);

/** The first argument that names an experiment, also among options. */
export function experimentAmong(args: readonly string[]): string | undefined {
  return args.find((arg, at) =>
    Object.hasOwn(reproductions, arg) || isExperimentFile(arg) && args[at - 1] !== "--config"
  );
}

/** The experiment of that name, or of that file. Rejects with a UserError where there is none. */
export async function findExperiment(name: string): Promise<Experiment> {
  if (Object.hasOwn(reproductions, name)) return reproductions[name]!;
  if (isExperimentFile(name)) return await readExperimentFile(name, taken);
  throw new UserError(
    `Cannot reproduce "${name}": it needs one of ${
      Object.keys(reproductions).join(", ")
    }, ${all}, or a ` +
      "file of one's own (.ts). See `deno task reproduce --list`.",
  );
}
