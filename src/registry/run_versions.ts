/** Whether a run changed since it was read, without reading it. */
import { join } from "node:path";
import type { ListedState } from "./run_row.ts";

const always = ["run.json", "events.jsonl"];
/** What else makes a run a damaged one. */
const ofDamaged = [
  ...always,
  "artifacts",
  "artifacts/summary/manifest.json",
  "artifacts/summary/summary.json",
];

/** What the files that decide about a run's row are, as one string: another one where one of them changed. Looks at two
 * files, at more where the run was found damaged or to be none (`undefined`). Synchronous, as that takes a tenth of the time:
 * whoever asks for many runs lets the event loop go round in between. */
export function filesOf(out: string, name: string, state: ListedState | undefined): string {
  const files = state === undefined || state === "damaged" ? ofDamaged : always;
  return files.map((file) => versionOf(join(out, name, file))).join(" ");
}

function versionOf(path: string): string {
  try {
    const { dev, ino, size, mtime } = Deno.lstatSync(path);
    return [dev, ino, size, mtime?.getTime()].join(":");
  } catch (error) {
    return (error as Error).name; // missing, or why it cannot be looked at
  }
}
