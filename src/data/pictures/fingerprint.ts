/** The fingerprint of a collection: other where a picture may have changed. */
import { createHash } from "node:crypto";
import { statIfThere } from "../../pipeline/files.ts";

/** What is taken for the sign of a change. */
export interface Sign {
  readonly name: string;
  /** Null where there is no file. */
  readonly bytes: number | null;
  /** Time of the last change, milliseconds since 1970. */
  readonly changed: number;
}

/** The sign of a file, under a name of the collection. */
export function signOf(name: string, file: string): Sign {
  const info = statIfThere(file);
  return { name, bytes: info?.size ?? null, changed: info?.mtime?.getTime() ?? 0 };
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
