/** Paths below the user's own folder. */
import { homedir } from "node:os";
import { join } from "node:path";

/** `~` and what begins with `~/` as paths in the user's own folder: a shell leaves them as they are behind "=". */
export function expandHome(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
}
