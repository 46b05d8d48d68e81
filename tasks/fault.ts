/**
 * `deno task fault [--kills 200] [--errors 40] [--seed 1]`: kills a run of every stage at calls that change files,
 * before, in the middle of and after them, and makes others fail with ENOSPC and EIO; goes on with it each time
 * and checks that nothing that was acknowledged is lost, that nothing is torn and that it ends with the bytes of
 * an undisturbed run. Of 100 kills or more, two are at a stage that a run in another process waits for.
 *
 * Prints one line of JSON: `{"kills":200,"corrupt":0,"lost":0,"hashesEqual":true, ...}`; what was found is told on
 * stderr. Exit code 1 where it does not hold.
 */
import { UserError } from "../src/pipeline/errors.ts";
import { holds, tryFaults } from "./fault/try_faults.ts";
import { readArguments } from "./lib/arguments.ts";
import { runTask } from "./lib/run_task.ts";
import { ensureSetup } from "./setup.ts";

async function fault(): Promise<number> {
  const { values } = readArguments({
    options: {
      kills: { type: "string", default: "200" },
      errors: { type: "string", default: "40" },
      seed: { type: "string", default: "1" },
    },
  });
  const [kills, errors, seed] = [values.kills, values.errors, values.seed].map(Number);
  const whole = (number: number | undefined, least: number) =>
    Number.isInteger(number) && number! >= least;
  if (!whole(kills, 1) || !whole(errors, 0) || !whole(seed, 0)) {
    throw new UserError(
      "Cannot try faults: it needs whole numbers, of --kills from 1, of --errors and --seed from 0, " +
        `found ${values.kills}, ${values.errors} and ${values.seed}. Give such numbers.`,
    );
  }
  const { python } = await ensureSetup();
  const result = await tryFaults({
    ...{ kills: kills!, errors: errors!, seed: seed!, python },
    say: (line) => console.error(line),
  });
  console.log(JSON.stringify(result));
  return holds(result) ? 0 : 1;
}

if (import.meta.main) await runTask(fault);
