/** The index as long as it can be used; then a new one, or one in memory, which does the same more slowly. */
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { explained, IndexFault } from "./index_fault.ts";
import { memoryIndex, openIndex, openReader, removeIndex, transaction } from "./index_file.ts";
import { ask, type QueryResult } from "./query.ts";

/** Its name in the folder of runs. */
const indexFile = "index.sqlite";

/** Milliseconds after which a file that failed is tried again: what is damaged again sooner is not the file's fault alone. */
const pause = 30_000;

export class Index implements Disposable {
  readonly #out: string;
  readonly #path: string;
  readonly #now: () => number;
  /** What is wrong, and whether a refresh has ended since. */
  #note: { readonly text: string; readonly told: boolean } | undefined;
  #db: DatabaseSync;
  #rebuiltAt = -Infinity;
  /** When the file was tried last. */
  #triedAt = -Infinity;
  /** Which file `#db` is; undefined where it is in memory. */
  #place: string | undefined;

  /** Of the runs in the folder `out`; in memory, without a note, where there is no such folder. `now`: milliseconds. */
  constructor(out: string, now = () => performance.now()) {
    this.#out = out;
    this.#path = join(out, indexFile);
    this.#now = now;
    [this.#db, this.#place] = placeOf(out) === undefined
      ? inMemory()
      : this.#orInMemory(() => this.#open());
  }

  /** What is wrong with it now, in words. */
  get notes(): readonly string[] {
    return this.#note ? [this.#note.text] : [];
  }

  /** Throws an IndexFault. */
  read<T>(read: (db: DatabaseSync) => T): T {
    return explained(() => read(this.#db));
  }

  /** Does all of it or nothing. Throws an IndexFault. */
  change(change: (db: DatabaseSync) => void): void {
    explained(() => transaction(this.#db, () => change(this.#db)));
  }

  /** Answers a statement that reads, on a connection that cannot write. Throws a UserError or an IndexFault. */
  ask(sql: string): QueryResult {
    if (this.#place === undefined) return ask(this.#db, sql);
    using db = openReader(this.#path);
    return ask(db, sql);
  }

  /** Before a refresh. Where the file was removed, or another put in its place: opens what is there, as other processes do.
   * Where none could be used, tries again from time to time. */
  followFile(): void {
    if (this.#place === undefined) return this.#tryAgain();
    if (this.#note?.told) this.#note = undefined;
    if (placeOf(this.#path) === this.#place) return;
    this.#db.close();
    [this.#db, this.#place] = this.#orInMemory(() => this.#open());
  }

  /** After a refresh: that the file was built anew is no news at the next one. */
  endRefresh(): void {
    if (this.#note) this.#note = { ...this.#note, told: true };
  }

  /** Goes on without what failed: with a new file, or in memory. False where that is how it was already. */
  leave(fault: IndexFault): boolean {
    if (this.#place === undefined) return false;
    this.#db.close();
    [this.#db, this.#place] = this.#orInMemory(() => this.#rebuild(fault));
    return true;
  }

  [Symbol.dispose](): void {
    if (this.#db.isOpen) this.#db.close();
  }

  /** Throws an IndexFault. */
  #open(): Opened {
    try {
      return opened(this.#path);
    } catch (error) {
      if (!(error instanceof IndexFault)) throw error;
      return this.#rebuild(error);
    }
  }

  /** A new file in the place of one that is worth nothing any more. Throws an IndexFault. */
  #rebuild(fault: IndexFault): Opened {
    if (!fault.rebuild || this.#now() < this.#rebuiltAt + pause) throw fault;
    this.#rebuiltAt = this.#now();
    removeIndex(this.#path);
    const made = opened(this.#path);
    this.#tell(`is built anew: ${fault.message}.`);
    return made;
  }

  #orInMemory(open: () => Opened): Opened {
    this.#triedAt = this.#now();
    try {
      return open();
    } catch (error) {
      this.#tellUnused(error);
      return inMemory();
    }
  }

  /** What is in memory stays until the file can be written. */
  #tryAgain(): void {
    if (this.#now() < this.#triedAt + pause || placeOf(this.#out) === undefined) return;
    this.#triedAt = this.#now();
    try {
      this.#note = undefined;
      const [db, place] = this.#open();
      try {
        explained(() => transaction(db, () => {}));
      } catch (error) {
        db.close();
        throw error;
      }
      this.#db.close();
      [this.#db, this.#place] = [db, place];
    } catch (error) {
      this.#tellUnused(error);
    }
  }

  #tellUnused(error: unknown): void {
    if (!(error instanceof IndexFault)) throw error;
    this.#tell(
      `is not used: ${error.message}. Runs are found all the same, and read anew by each command.`,
    );
  }

  #tell(what: string): void {
    this.#note = { text: `${this.#path} ${what}`, told: false };
  }
}

type Opened = [db: DatabaseSync, place: string | undefined];

function opened(path: string): Opened {
  return [openIndex(path), placeOf(path)];
}

function inMemory(): Opened {
  return [memoryIndex(), undefined];
}

/** Which file it is; undefined where it is missing. */
function placeOf(path: string): string | undefined {
  try {
    const { dev, ino } = Deno.statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
