/** Files that a finished run wrote into its folder for people: their hashes are in its last event. */
import { join } from "node:path";
import type { RunEvent } from "./events.ts";
import { hashFile } from "./files.ts";
import type { RunFolder } from "./store.ts";

type Published = Readonly<Record<string, string>>;

/** SHA-256 of each of these files of the run folder. */
export async function hashPublished(run: RunFolder, names: readonly string[]): Promise<Published> {
  const hashes = names.map(async (name) => {
    const { sha256 } = await hashFile(join(run.dir, name));
    return [name, sha256] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

/** What the run published when it last came to its end, with all stages or with some that failed;
 * `undefined` where it did not, or began again since. */
export function publishedBy(events: readonly RunEvent[]): Published | undefined {
  const last = events.findLast(({ type }) => type === "run-started" || type in endings);
  return last && "published" in last ? last.published : undefined;
}

const endings = { "run-finished": true, "run-failed": true };

/** Names of published files that are missing or are no longer what was written. */
export async function damagedFiles(
  run: RunFolder,
  events: readonly RunEvent[],
): Promise<readonly string[]> {
  const checked = Object.entries(publishedBy(events) ?? {}).map(async ([name, sha256]) => {
    const found = await hashFile(join(run.dir, name)).catch(() => undefined);
    return found?.sha256 === sha256 ? [] : [name];
  });
  return (await Promise.all(checked)).flat();
}
