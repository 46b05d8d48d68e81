/** The run that a command is about. */
import { join } from "node:path";
import { UserError } from "../pipeline/errors.ts";
import { findRun, listRuns, type RunFolder } from "../pipeline/store.ts";

/** The run in the folder `named`, or the one of that id in `runs`. Throws a UserError where there is none. */
export async function namedRun(named: string, runs: string): Promise<RunFolder> {
  const run = await findRun(named) ?? await findRun(join(runs, named));
  if (run) return run;
  throw unknownRun(named, runs, (await listRuns(runs)).map(({ id }) => id));
}

/** What is said where no run is `named` so; `known`: those that are in `runs`. */
export function unknownRun(named: string, runs: string, known: readonly string[]): UserError {
  return new UserError(
    `Cannot find the run "${named}": it needs the folder of a run or the id of one in ${runs}, ` +
      `${known.length > 0 ? `which has ${known.join(", ")}` : "and found none there"}. ` +
      "Name one, or its folder by --runs.",
  );
}
