/** Runs found again quickly, by what they are: an index over their folders. The folders are the truth: the index is made from
 * them by whoever reads it, no run ever opens it, and it can be deleted at any time. */
import { explainSystemError, UserError } from "../pipeline/errors.ts";
import { Index } from "./index.ts";
import { IndexFault } from "./index_fault.ts";
import { indexRun } from "./index_run.ts";
import { lookForChanges } from "./look_for_changes.ts";
import type { QueryResult } from "./query.ts";
import { RunFiles } from "./run_files.ts";
import { conditionOf, type RunFilter } from "./run_filter.ts";
import { deleteRow, readRow, rowColumns, type RunRow } from "./run_row.ts";
import { Runs } from "./runs.ts";

/** Runs that are read together: each may have a file open. */
const atOnce = 8;

export interface Refreshing {
  /** Whether the tables beside `runs` are brought up to date too: only `query` reads them. */
  readonly details?: boolean;
  /** Told as runs that changed are read. */
  readonly onProgress?: (done: number, total: number) => void;
}

export class Registry implements Disposable {
  /** Those of which one is looked at. */
  readonly runs: Runs;
  readonly #out: string;
  readonly #files: RunFiles;
  readonly #index: Index;
  /** Folders that hold no run, with what their files were. */
  #empty: ReadonlyMap<string, string> = new Map();
  #current?: { readonly details: boolean; readonly done: Promise<void> } | undefined;

  /** See `open`. */
  constructor(out: string, index: Index, files = new RunFiles(out)) {
    this.#out = out;
    this.#index = index;
    this.#files = files;
    this.runs = new Runs(files);
  }

  /** The index of the runs below `out`, `index.sqlite` there; where that cannot be used, one in memory, and a note says
   * why. Nothing is read yet: see `refresh`. */
  static open(out: string, files?: RunFiles): Registry {
    return new Registry(out, new Index(out), files);
  }

  /** What is wrong with the index as of the last refresh, in words: that it was built anew is told until the next one. */
  get notes(): readonly string[] {
    return this.#index.notes;
  }

  /** Brings the index up to what the folders hold. Cheap where nothing changed. Calls that overlap share one. Rejects
   * where the folder of runs cannot be read. */
  refresh({ details = false, onProgress }: Refreshing = {}): Promise<void> {
    const current = this.#current;
    if (current && (current.details || !details)) return current.done;
    const before = current?.done.catch(() => {}) ?? Promise.resolve();
    const done = before.then(() => this.#refresh(details, onProgress)).finally(() => {
      if (this.#current?.done === done) this.#current = undefined;
    });
    this.#current = { details, done };
    return done;
  }

  /** The runs as of the last refresh, newest first; those without a date at the end. */
  list({ limit = -1, offset = 0, ...filter }: RunFilter = {}): readonly RunRow[] {
    const { sql, values } = conditionOf(filter);
    const select = `SELECT ${rowColumns} FROM runs WHERE ${sql} ` +
      "ORDER BY created_at DESC, name LIMIT ? OFFSET ?";
    return this.#select(select, [...values, limit, offset], (rows) => rows.map(readRow));
  }

  /** How many `list` gives without `limit` and `offset`. */
  count(filter: RunFilter = {}): number {
    const { sql, values } = conditionOf(filter);
    const select = `SELECT count(*) AS runs FROM runs WHERE ${sql}`;
    return this.#select(select, values, ([row]) => (row?.["runs"] ?? 0) as number);
  }

  /** Answers a SELECT over the tables of docs/RUNS.md, as of the last refresh with `details`. Nothing else is done:
   * a UserError for any other statement, and for what SQLite does not understand. */
  query(sql: string): QueryResult {
    try {
      return this.#index.ask(sql);
    } catch (error) {
      if (!(error instanceof IndexFault)) throw error;
      if (error.rebuild) this.#index.leave(error); // of others the next refresh tells whether they last
      throw new UserError(
        `Cannot query: it needs the index, found that ${error.message}. Give the command again.`,
        { cause: error },
      );
    }
  }

  [Symbol.dispose](): void {
    this.#index[Symbol.dispose]();
  }

  async #refresh(details: boolean, onProgress: Refreshing["onProgress"]): Promise<void> {
    this.#index.followFile();
    for (;;) {
      try {
        await this.#update(details, onProgress);
        return this.#index.endRefresh();
      } catch (error) {
        if (!(error instanceof IndexFault && this.#index.leave(error))) throw error;
      }
    }
  }

  async #update(details: boolean, onProgress: Refreshing["onProgress"]): Promise<void> {
    const names = await this.#files.folders().catch((error) => {
      throw explainSystemError(error, `read the runs in ${this.#out}`);
    });
    const known = { index: this.#index, empty: this.#empty };
    const { changed, gone, empty } = await lookForChanges(this.#out, names, known, details);
    this.#empty = empty;
    for (const name of gone) {
      this.runs.forget(name);
      this.#index.change((db) => deleteRow(db, name));
    }
    const indexed = { index: this.#index, runs: this.runs, files: this.#files };
    const work = changed.values();
    let done = 0;
    const worker = async () => {
      for (const name of work) {
        const files = await indexRun(indexed, name, details);
        if (files !== undefined) empty.set(name, files);
        onProgress?.(++done, changed.length);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  /** What is selected; of nothing where the index fails: the next refresh makes it anew, and a note says so. */
  #select<T>(
    sql: string,
    values: readonly (string | number)[],
    read: (rows: readonly Record<string, unknown>[]) => T,
  ): T {
    try {
      return this.#index.read((db) => read(db.prepare(sql).all(...values)));
    } catch (error) {
      if (error instanceof IndexFault && this.#index.leave(error)) return read([]);
      throw error;
    }
  }
}
