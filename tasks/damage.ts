/**
 * `deno task damage [--cases 400] [--seed 1]`: damages a file of a run folder, goes on with the run and
 * checks that it ends as if nothing had happened, tells of the damage once and runs no intact stage again.
 * Prints a line for each case that did not hold, and closes with how many did.
 */
import { join } from "node:path";
import { startEngine } from "../src/engine/mod.ts";
import { UserError } from "../src/pipeline/errors.ts";
import { removeIfThere } from "../src/pipeline/files.ts";
import { smallRun } from "./lib/small_run.ts";
import { takeSnapshots } from "./damage/snapshots.ts";
import { tryFault } from "./damage/trial.ts";
import { readArguments } from "./lib/arguments.ts";
import { runTask } from "./lib/run_task.ts";
import { ensureSetup } from "./setup.ts";

async function damage(): Promise<number> {
  const { values } = readArguments({
    options: {
      cases: { type: "string", default: "400" },
      seed: { type: "string", default: "1" },
    },
  });
  const [cases, seed] = [values.cases, values.seed].map(Number);
  if (!Number.isInteger(cases) || cases! < 1 || !Number.isInteger(seed) || seed! < 0) {
    throw new UserError(
      `Cannot damage runs: it needs a whole number of --cases from 1 and a --seed from 0, found ${values.cases} and ${values.seed}.`,
    );
  }
  const { python } = await ensureSetup();
  const failed = await tryFaults({
    executable: python,
    cases: cases!,
    seed: seed!,
    say: console.log,
  });
  console.log(`${cases! - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** Tries faults `seed` to `seed + cases - 1`; returns how many did not end as they have to. */
export async function tryFaults({ executable, cases, seed, say }: {
  /** Python; the one that `python.start` finds unless given. */
  readonly executable?: string;
  readonly cases: number;
  readonly seed: number;
  say(line: string): void;
}): Promise<number> {
  const run = await smallRun(await startEngine(executable === undefined ? {} : { executable }));
  const root = await Deno.makeTempDir({ prefix: "clusterfit-damage-" });
  try {
    say("Running once undisturbed, with a copy of the folder wherever the process could die");
    const made = await takeSnapshots(run, root);
    let failed = 0;
    for (let number = 0; number < cases; number++) {
      const out = join(root, "case");
      const trial = await tryFault(run, made, { seed: seed + number, out });
      await removeIfThere(out);
      const { when, damage, file, ending, line, problems } = trial;
      const good = problems.length === 0;
      if (!good) failed++;
      const what = `[${
        number + 1
      }/${cases}] ${trial.seed}: ${damage} ${file} when ${when}: ${ending}`;
      say(good ? what : `${what}\n  FAILED: ${problems.join("; ")}\n  said: ${line}`);
    }
    return failed;
  } finally {
    await removeIfThere(root);
  }
}

if (import.meta.main) await runTask(damage);
