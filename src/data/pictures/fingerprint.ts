/** The fingerprint of a collection: other where a picture may have changed. */
import { createHash } from "node:crypto";

/** What is taken for the sign of a change. */
export interface Sign {
  readonly name: string;
  readonly bytes: number;
  /** Time of the last change, milliseconds since 1970. */
  readonly changed: number;
}

/** SHA-256 of them, in their order, hex. `more` is what else decides which pixels are read. */
export function fingerprintOf(
  signs: Iterable<Sign>,
  ...more: readonly (string | number)[]
): string {
  const hash = createHash("sha256");
  for (const { name, bytes, changed } of signs) {
    hash.update(`${JSON.stringify([name, bytes, changed])}\n`);
  }
  return hash.update(JSON.stringify(more)).digest("hex");
}
