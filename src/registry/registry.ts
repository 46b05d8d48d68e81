/** An index over the run folders: found again quickly, by what they are. The folders are the truth: the index is made from them
 * by whoever reads it, no run ever opens it, and it can be deleted at any time. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import {
  explained,
  IndexFault,
  memoryIndex,
  openIndex,
  removeIndex,
  transaction,
} from "./index_file.ts";
import { isLocked } from "../pipeline/lock.ts";
import { turn } from "../pipeline/log_follower.ts";
import { explainSystemError, UserError } from "../pipeline/errors.ts";
import { ask, type QueryResult } from "./query.ts";
import { listArtifacts } from "./run_artifacts.ts";
import { writeDetails } from "./run_details.ts";
import { RunFiles } from "./run_files.ts";
import { conditionOf, type RunFilter } from "./run_filter.ts";
import { type ListedState, readRow, rowColumns, rowOf, type RunRow, writeRow } from "./run_row.ts";
import { filesOf } from "./run_versions.ts";
import { Runs } from "./runs.ts";

/** Name of the index in the folder of runs. */
export const indexFile = "index.sqlite";

/** Runs whose files are looked at before the event loop has its turn. */
const slice = 250;
/** Runs that are read together: each may have a file open. */
const atOnce = 8;

export interface Refreshing {
  /** Whether the tables beside `runs` are brought up to date too: only `query` reads them. */
  readonly details?: boolean;
  /** Told as runs that changed are read. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What the index knows of a run. */
interface Known {
  readonly run: number;
  readonly name: string;
  readonly state: ListedState;
  readonly files: string;
  readonly details: string | null;
}

export class Registry implements Disposable {
  /** Those of which one is looked at. */
  readonly runs: Runs;
  readonly #out: string;
  readonly #files: RunFiles;
  readonly #notes: string[] = [];
  #db: DatabaseSync;
  /** Which file `#db` is; undefined where it is in memory. */
  #place: string | undefined;
  /** Folders that hold no run, with what their files were. */
  #empty = new Map<string, string>();
  #current?: { readonly details: boolean; readonly done: Promise<void> } | undefined;

  private constructor(out: string, files: RunFiles) {
    this.#out = out;
    this.#files = files;
    this.runs = new Runs(files);
    [this.#db, this.#place] = this.#connect();
  }

  /** The index of the runs below `out`, `index.sqlite` there; where that cannot be used, one in memory, and a note says
   * why. Nothing is read yet: see `refresh`. */
  static open(out: string, files = new RunFiles(out)): Registry {
    return new Registry(out, files);
  }

  /** What is wrong with the index, in words. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** Brings the index up to what the folders hold. Cheap where nothing changed. Calls that overlap share one. Rejects
   * where the folder of runs cannot be read. */
  refresh({ details = false, onProgress }: Refreshing = {}): Promise<void> {
    const current = this.#current;
    if (current && (current.details || !details)) return current.done;
    const before = current?.done.catch(() => {}) ?? Promise.resolve();
    const done = before.then(() => this.#refresh({ details, ...(onProgress && { onProgress }) }))
      .finally(() => {
        if (this.#current?.done === done) this.#current = undefined;
      });
    this.#current = { details, done };
    return done;
  }

  /** The runs as of the last refresh, newest first; those without a date at the end. */
  list({ limit = -1, offset = 0, ...filter }: RunFilter = {}): readonly RunRow[] {
    const { sql, values } = conditionOf(filter);
    return this.#read([], (db) =>
      db.prepare(
        `SELECT ${rowColumns} FROM runs WHERE ${sql} ` +
          "ORDER BY created_at DESC, name LIMIT ? OFFSET ?",
      ).all(...values, limit, offset).map(readRow));
  }

  /** How many `list` gives without `limit` and `offset`. */
  count(filter: RunFilter = {}): number {
    const { sql, values } = conditionOf(filter);
    return this.#read(0, (db) => {
      const found = db.prepare(`SELECT count(*) AS runs FROM runs WHERE ${sql}`).get(...values);
      return found!["runs"] as number;
    });
  }

  /** Answers a SELECT over the tables of docs/RUNS.md, as of the last refresh with `details`. Nothing else is done:
   * a UserError for any other statement, and for what SQLite does not understand. */
  query(sql: string): QueryResult {
    try {
      if (this.#place === undefined) return ask(this.#db, sql);
      using db = new DatabaseSync(join(this.#out, indexFile), { readOnly: true });
      return ask(db, sql);
    } catch (error) {
      if (!("errcode" in (error as Error))) throw error;
      throw new UserError(
        `Cannot query: ${
          (error as Error).message
        }. docs/RUNS.md lists the tables and their columns.`,
        { cause: error },
      );
    }
  }

  [Symbol.dispose](): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #connect(): [DatabaseSync, string | undefined] {
    const path = join(this.#out, indexFile);
    if (versionOf(this.#out) === undefined) return [memoryIndex(), undefined];
    try {
      try {
        return [openIndex(path), versionOf(path)];
      } catch (error) {
        if (!(error instanceof IndexFault && error.rebuild)) throw error;
        removeIndex(path);
        this.#note(`${path} is built anew: ${error.message}.`);
        return [openIndex(path), versionOf(path)];
      }
    } catch (error) {
      this.#note(
        `${path} is not used: ${
          (error as Error).message
        }. Runs are found all the same, and read anew by each command.`,
      );
      return [memoryIndex(), undefined];
    }
  }

  #note(text: string): void {
    if (!this.#notes.includes(text)) this.#notes.push(text);
  }

  async #refresh(how: Refreshing): Promise<void> {
    const path = join(this.#out, indexFile);
    // Where the file was removed, or another put in its place, other processes use that one.
    if (this.#place !== undefined && versionOf(path) !== this.#place) this.#reopen();
    try {
      await this.#update(how);
    } catch (error) {
      if (!(error instanceof IndexFault) || this.#place === undefined) throw error;
      this.#leave(error);
      await this.#update(how);
    }
  }

  #reopen(): void {
    this.#db.close();
    this.#empty.clear();
    [this.#db, this.#place] = this.#connect();
  }

  /** Goes on without the file, or with a new one. */
  #leave(fault: IndexFault): void {
    const path = join(this.#out, indexFile);
    this.#db.close();
    this.#empty.clear();
    if (fault.rebuild) {
      this.#note(`${path} is built anew: ${fault.message}.`);
      removeIndex(path);
      [this.#db, this.#place] = this.#connect();
    } else {
      this.#note(
        `${path} is not used: ${fault.message}. Runs are found all the same, and read anew by each command.`,
      );
      [this.#db, this.#place] = [memoryIndex(), undefined];
    }
  }

  async #update({ details = false, onProgress }: Refreshing): Promise<void> {
    const names = await this.#files.folders().catch((error) =>
      Promise.reject(explainSystemError(error, `read the runs in ${this.#out}`))
    );
    const { changed, gone } = await this.#compare(names, details);
    for (const name of gone) this.#change((db) => deleteRow(db, name));
    const work = changed.values();
    let done = 0;
    const worker = async () => {
      for (const name of work) {
        await this.#index(name, details);
        onProgress?.(++done, changed.length);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  /** Names of folders that are not what the index says, and of runs in it whose folder is gone. */
  async #compare(names: readonly string[], details: boolean) {
    const known = new Map(this.#known().map((run) => [run.name, run]));
    const changed: string[] = [];
    const empty = new Map<string, string>();
    for (const [at, name] of names.entries()) {
      if (at % slice === slice - 1) await turn();
      const run = known.get(name);
      known.delete(name);
      const files = filesOf(this.#out, name, run?.state);
      if (run) {
        if (this.#hasChanged(run, files, details)) changed.push(name);
      } else if (this.#empty.get(name) === files) empty.set(name, files);
      else changed.push(name);
    }
    this.#empty = empty;
    return { changed, gone: [...known.keys()] };
  }

  #known(): readonly Known[] {
    return explained(() =>
      this.#db.prepare("SELECT run, name, state, files, details FROM runs").all()
    ) as unknown as readonly Known[];
  }

  #hasChanged({ name, state, files, details }: Known, found: string, detailed: boolean): boolean {
    if (files !== found || (detailed && details !== found)) return true;
    const underWay = state === "running" || state === "waiting";
    if (!underWay && state !== "interrupted") return false;
    return (underWay && detailed) || isLocked(join(this.#out, name)) !== underWay;
  }

  async #index(name: string, details: boolean): Promise<void> {
    // Before it is read: what changes meanwhile is seen by the next refresh.
    const [whole, usual] = ([undefined, "finished"] as const)
      .map((state) => filesOf(this.#out, name, state));
    const found = await this.runs.listed(name);
    if (!found) {
      this.#empty.set(name, whole!);
      return this.#change((db) => deleteRow(db, name));
    }
    const row = rowOf(found);
    const files = row.state === "damaged" ? whole! : usual!;
    this.#change((db) => writeRow(db, row, files));
    if (!details) return;
    const snapshot = await this.runs.find(name);
    if (!snapshot) return;
    const { artifacts } = snapshot.record
      ? await listArtifacts(this.#files, name, snapshot.record)
      : { artifacts: [] };
    this.#change((db) => {
      const found = db.prepare("SELECT run FROM runs WHERE name = ?").get(name);
      if (found) writeDetails(db, { run: found["run"] as number, files }, snapshot, artifacts);
    });
  }

  #change(change: (db: DatabaseSync) => void): void {
    explained(() => transaction(this.#db, () => change(this.#db)));
  }

  /** What is read, or `none` where the index fails: the next refresh goes on without it, and a note says so. */
  #read<T>(none: T, read: (db: DatabaseSync) => T): T {
    try {
      return explained(() => read(this.#db));
    } catch (error) {
      if (!(error instanceof IndexFault) || this.#place === undefined) throw error;
      this.#leave(error);
      return none;
    }
  }
}

function deleteRow(db: DatabaseSync, name: string): void {
  db.prepare("DELETE FROM runs WHERE name = ?").run(name);
}

/** Which file it is; undefined where it is missing. */
function versionOf(path: string): string | undefined {
  try {
    const { dev, ino } = Deno.statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
