/** Why streams that end together have ended. */
import { UserError } from "../../pipeline/errors.ts";

/** An archive that is not what `writeArchive` wrote. */
export class BadArchive extends Error {
  override readonly name = "BadArchive";
}

/** Waits for all of them. Where some fail, rejects with the failure that is the cause; the others only say that their
 * stream was closed. `stop` ends those that would wait for ever. */
export async function together(
  promises: readonly Promise<unknown>[],
  stop: () => void,
): Promise<void> {
  try {
    await Promise.all(promises);
  } catch (first) {
    stop();
    const ended = await Promise.allSettled(promises);
    const reasons = ended.flatMap((one) => one.status === "rejected" ? [one.reason] : []);
    throw reasons.find(isCause) ?? first;
  }
}

/** A word of ours, of the system or of zlib; not one of a stream that was closed. */
function isCause(error: unknown): boolean {
  if (error instanceof BadArchive || error instanceof UserError) return true;
  const { code } = error as { code?: unknown };
  return typeof code === "string" && /^(E[A-Z]+|Z_\w+)$/.test(code);
}
