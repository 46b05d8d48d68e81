/** One run read from its folder into the index. */
import type { Snapshot } from "./followed_run.ts";
import type { Index } from "./index.ts";
import { listArtifacts } from "./run_artifacts.ts";
import { writeDetails } from "./run_details.ts";
import type { RunFiles } from "./run_files.ts";
import { deleteRow, hasRow, rowOf, writeRow } from "./run_row.ts";
import { filesOf } from "./run_versions.ts";
import type { Runs } from "./runs.ts";

export interface IndexedRuns {
  readonly index: Index;
  readonly runs: Runs;
  readonly files: RunFiles;
}

/** Writes the run's row, and with `details` all else that is kept of it. Where the folder holds no run: takes it out, and
 * returns what its files were. Throws an IndexFault. */
export async function indexRun(
  { index, runs, files }: IndexedRuns,
  name: string,
  details: boolean,
): Promise<string | undefined> {
  // Before it is read: what changes meanwhile is seen by the next refresh.
  const [whole, usual] = (["damaged", "finished"] as const)
    .map((state) => filesOf(files.path(), name, state)) as [string, string];
  const snapshot = details ? await runs.find(name) : undefined;
  const found = snapshot ?? await runs.listed(name);
  if (!found) {
    if (index.read((db) => hasRow(db, name))) index.change((db) => deleteRow(db, name));
    return whole;
  }
  const row = rowOf(found);
  const version = row.state === "damaged" ? whole : usual;
  const artifacts = snapshot && await artifactsOf(snapshot, files);
  index.change((db) => {
    const run = writeRow(db, row, { record: found.record, files: version });
    if (artifacts) writeDetails(db, { run, files: version }, snapshot, artifacts);
  });
  return undefined;
}

async function artifactsOf({ name, record }: Snapshot, files: RunFiles) {
  return record ? (await listArtifacts(files, name, record)).artifacts : [];
}
