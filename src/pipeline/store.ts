/** Reading run folders. The folder is the truth; nothing here writes. */
import { join, resolve } from "node:path";
import { openArtifactFile } from "./artifact.ts";
import { explainSystemError, UserError } from "./errors.ts";
import { eventReader, type RunEvent } from "./events.ts";
import { readTextIfThere, unlessMissing } from "./files.ts";
import { type JsonLines, readJsonLines } from "./jsonl.ts";
import { reasonOf } from "./reason.ts";
import { parseRecord, type RunRecord } from "./record.ts";

/** Where the parts of a run lie. The one place that spells these names. */
export const runPaths = (dir: string) => ({
  record: join(dir, "run.json"),
  events: join(dir, "events.jsonl"),
  summary: join(dir, "summary.json"),
  report: join(dir, "report.html"),
  artifact: (node: string) => join(dir, "artifacts", node),
  /** Artifacts on their way to their places. */
  linkings: join(dir, "linking"),
  linking: (node: string) => join(dir, "linking", node),
});

/** Where the artifacts of all runs lie, each once, by its key. The one place that spells these names. */
export const objectPaths = (out: string) => ({
  dir: join(out, objectsFolder),
  object: (key: string) => join(out, objectsFolder, key),
  partial: (key: string) => join(out, objectsFolder, partialName(key)),
  lock: (key: string) => join(out, objectsFolder, `${key}.lock`),
});

export const objectsFolder = "objects";
/** Below the folder of all runs: what is on its way in or out, and shown by nothing. */
export const temporaryFolder = ".temporary";
/** Name of the folder of a stage under way. */
export const partialName = (key: string): string => `${key}.partial`;

/** A run on the disk, under way or finished. */
export class RunFolder {
  /** Absolute. */
  readonly dir: string;
  /** What its run.json says. */
  readonly record: RunRecord;

  /** See {@linkcode openRun}. */
  constructor(dir: string, record: RunRecord) {
    this.dir = resolve(dir);
    this.record = record;
  }

  /** The name of its folder. */
  get id(): string {
    return this.record.id;
  }

  /** All readable events so far, in the order they happened. */
  async events(): Promise<readonly RunEvent[]> {
    return (await this.eventLog()).values;
  }

  /** The event log with what is wrong with it. */
  eventLog(): Promise<JsonLines<RunEvent>> {
    return readJsonLines(runPaths(this.dir).events, eventReader(this.id));
  }

  /** Path of a file of a finished node, checked against its SHA-256. */
  artifactFile(node: string, name: string): Promise<string> {
    return openArtifactFile(runPaths(this.dir).artifact(node), name);
  }
}

/**
 * Opens one run folder; a UserError where it holds no run, or one whose run.json is damaged.
 *
 * @example What a run began with
 * ```ts
 * import { openRun } from "clusterfit";
 *
 * const run = await openRun("runs/mine");
 * console.log(run.record.title, run.record.asked["k"]); // My run 5
 * ```
 */
export async function openRun(dir: string): Promise<RunFolder> {
  const run = await findRun(dir);
  if (run === undefined) {
    throw new UserError(
      `Cannot read the run in ${dir}: it needs a run.json, found none. Give the folder of a run.`,
    );
  }
  return run;
}

/** Likewise, or `undefined` where there is no run.json. */
export async function findRun(dir: string): Promise<RunFolder | undefined> {
  const path = runPaths(dir).record;
  try {
    const text = await readTextIfThere(path);
    return text === undefined ? undefined : new RunFolder(dir, readRecord(text, path));
  } catch (error) {
    throw explainSystemError(error, `read ${path}`);
  }
}

/** A run.json alone says what the run is, so one that is damaged is refused. */
function readRecord(text: string, path: string): RunRecord {
  try {
    return parseRecord(text);
  } catch (error) {
    throw new UserError(
      `Cannot read ${path}: ${reasonOf(error)}. ` +
        "Put a good copy in its place, or move the folder away, and run the same command again.",
      { cause: error },
    );
  }
}

/**
 * Every readable run under `out`, newest first; none where `out` is missing.
 *
 * @example The newest run
 * ```ts
 * import { listRuns } from "clusterfit";
 *
 * const [newest] = await listRuns("runs");
 * console.log(newest?.id); // mine
 * ```
 */
export async function listRuns(out: string): Promise<RunFolder[]> {
  const runs: RunFolder[] = [];
  for (const name of await folderNames(out)) {
    const run = await openRun(join(out, name)).catch(() => undefined);
    if (run) runs.push(run);
  }
  return runs.sort((a, b) => b.record.createdAt.localeCompare(a.record.createdAt));
}

/** Names of the folders in a folder, sorted; none where it is missing. */
export async function folderNames(dir: string): Promise<string[]> {
  const names = await unlessMissing((async () => {
    const found: string[] = [];
    for await (const entry of Deno.readDir(dir)) if (entry.isDirectory) found.push(entry.name);
    return found;
  })());
  return (names ?? []).sort();
}
