/** Reading run folders. The folder is the truth; nothing here writes. */
import { join, resolve } from "node:path";
import { prettifyError, ZodError } from "zod";
import { openArtifactFile } from "./artifact.ts";
import { explainSystemError, UserError } from "./errors.ts";
import { type RunEvent, runEventSchema } from "./events.ts";
import { readTextIfThere, unlessMissing } from "./files.ts";
import { readJsonLines } from "./jsonl.ts";
import { type RunRecord, runRecordSchema } from "./record.ts";

/** Where the parts of a run lie. The one place that spells these names. */
export const runPaths = (dir: string) => ({
  record: join(dir, "run.json"),
  events: join(dir, "events.jsonl"),
  summary: join(dir, "summary.json"),
  report: join(dir, "report.html"),
  artifact: (node: string) => join(dir, "artifacts", node),
  partial: (node: string) => join(dir, "partial", node),
});

/** A run on the disk, under way or finished. */
export class RunFolder {
  /** Absolute. */
  readonly dir: string;
  readonly record: RunRecord;

  constructor(dir: string, record: RunRecord) {
    this.dir = resolve(dir);
    this.record = record;
  }

  get id(): string {
    return this.record.id;
  }

  /** All whole events so far, in the order they happened. */
  events(): Promise<RunEvent[]> {
    return readJsonLines(runPaths(this.dir).events, (value) => runEventSchema.parse(value));
  }

  /** Path of a file of a finished node, checked against its SHA-256. */
  artifactFile(node: string, name: string): Promise<string> {
    return openArtifactFile(runPaths(this.dir).artifact(node), name);
  }

  /** The lines of a growing log, wherever its node stands: under way or finished. */
  async log<T>(node: string, name: string, parse: (value: unknown) => T): Promise<T[]> {
    const { artifact, partial } = runPaths(this.dir);
    const done = await unlessMissing(Deno.stat(artifact(node)));
    return readJsonLines(join(done ? artifact(node) : partial(node), name), parse);
  }

  /** A JSON file of the run folder, or `undefined` where it is not there (yet). */
  async readJson<T>(name: string, parse: (value: unknown) => T): Promise<T | undefined> {
    const text = await readTextIfThere(join(this.dir, name));
    return text === undefined ? undefined : parse(JSON.parse(text));
  }
}

/** Opens one run folder; a UserError where it holds no readable run. */
export async function openRun(dir: string): Promise<RunFolder> {
  const run = await findRun(dir);
  if (run === undefined) throw new UserError(`${dir} is no run folder: it has no run.json.`);
  return run;
}

/** Likewise, or `undefined` where there is no run.json. */
export async function findRun(dir: string): Promise<RunFolder | undefined> {
  const path = runPaths(dir).record;
  const attempted = `Reading ${path}`;
  try {
    const text = await readTextIfThere(path);
    return text === undefined ? undefined : new RunFolder(dir, parseRecord(text, path));
  } catch (error) {
    throw explainSystemError(error, attempted);
  }
}

function parseRecord(text: string, path: string): RunRecord {
  try {
    const record = JSON.parse(text);
    if (typeof record?.schema === "number" && record.schema !== 1) {
      throw new UserError(
        `Reading ${path} failed: it needs schema 1, found ${record.schema}, which another version of ` +
          "clusterfit wrote. Use that version, or move the folder away.",
      );
    }
    return runRecordSchema.parse(record);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = error instanceof ZodError ? prettifyError(error) : (error as Error).message;
    throw new UserError(
      `${path} cannot be read: ${reason.replace(/\s+/g, " ")}. ` +
        "Put a good copy in its place, or move the folder away, and run the same command again.",
      { cause: error },
    );
  }
}

/** Every readable run under `out`, newest first; none where `out` is missing. */
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
