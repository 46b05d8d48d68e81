/** Where the run lies that a command is about, also one that is damaged or was never finished. */
import { basename, dirname, resolve } from "node:path";
import { FollowedRun, type Glance } from "../registry/followed_run.ts";
import { RunFiles } from "../registry/run_files.ts";
import { unknownRun } from "./named_run.ts";

export interface RunPlace {
  /** The folder of all runs. */
  readonly out: string;
  /** Name of the run's folder in it. */
  readonly name: string;
  /** Path of the run's folder. */
  readonly dir: string;
  readonly glance: Glance;
}

/** The run in the folder `named`, or in the folder of that name in `runs`. Throws a UserError where there is none. */
export async function placeOfRun(named: string, runs: string): Promise<RunPlace> {
  for (const dir of new Set([resolve(named), resolve(runs, named)])) {
    const [out, name] = [dirname(dir), basename(dir)];
    const files = new RunFiles(out);
    if (!await files.hasFolder(name)) continue;
    const glance = await new FollowedRun(files, name).glance();
    if (glance) return { out, name, dir, glance };
  }
  throw unknownRun(named, runs, await namesIn(runs));
}

/** Names of the folders in `runs` that hold a run, whatever its state. */
export async function namesIn(runs: string): Promise<string[]> {
  const files = new RunFiles(runs);
  const found = await Promise.all((await files.folders()).map(async (name) => {
    return await new FollowedRun(files, name).glance() ? [name] : [];
  }));
  return found.flat();
}
