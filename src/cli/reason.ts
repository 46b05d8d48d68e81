/** Why a file of the user's that is code, or JSON, could not be read. */
import { stripVTControlCharacters } from "node:util";

/** What Deno or JSON.parse says, on one line and without the dot at its end. */
export function reasonOf(message: string): string {
  return stripVTControlCharacters(message).replace(/\.?\s*\n\s*at /g, " at ").replace(/\.$/, "");
}
