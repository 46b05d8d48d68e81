/** Whether a run is as it was written: for programs. */
import { UserError } from "../pipeline/errors.ts";
import type { Damage } from "./verify/damage.ts";
import { Verifier, type VerifyOptions } from "./verify/verifier.ts";

/**
 * Hashes every file of the run in `dir` again, and holds it to what the run says of it: its record, its events, its
 * artifacts by their manifests, what it published. Gives what is damaged, a file once; nothing where all is as it was
 * written. A run at work is looked at as far as it has come.
 *
 * @throws {UserError} where there is no such folder, or it goes away meanwhile.
 *
 * @example Every damaged file of a run
 * ```ts
 * import { verifyRun } from "clusterfit";
 *
 * const damage = await verifyRun("runs/mine");
 * console.log(damage.length); // 0
 * for (const { message, mend } of damage) console.error(message, mend);
 * ```
 */
export async function verifyRun(
  dir: string,
  options: VerifyOptions = {},
): Promise<readonly Damage[]> {
  const verifier = new Verifier(options);
  await verifier.measure([dir]);
  if (await verifier.run(dir) !== "gone") return verifier.damage();
  throw new UserError(
    `Cannot verify ${dir}: it needs the folder of a run, found none, or it was removed or renamed meanwhile. ` +
      "Give the folder of a run.",
  );
}
