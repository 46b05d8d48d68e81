/** Removes a run: out of its place by one rename, and then from the disk. */
import { dirname } from "node:path";
import { explainSystemError } from "../pipeline/errors.ts";
import { lockFolder } from "../pipeline/lock.ts";
import { discard, moveAside } from "./temporary.ts";

/** Removes the run in `dir`. Killed at any moment, it is there as a whole or not shown any more; what was left of
 * it then goes with the next `collectGarbage`. Throws a UserError where a process is at work on it. */
export async function removeRun(dir: string): Promise<void> {
  try {
    using _lock = await lockFolder(dir, `remove the run in ${dir}`);
    await discard(await moveAside(dirname(dir), dir));
  } catch (error) {
    throw explainSystemError(error, `remove the run in ${dir}`);
  }
}
