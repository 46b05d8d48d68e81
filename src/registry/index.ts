/** The index as long as it can be used; then a new one, or one in memory, which does the same more slowly. */
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { explained, IndexFault } from "./index_fault.ts";
import { memoryIndex, openIndex, openReader, removeIndex, transaction } from "./index_file.ts";
import { ask, type QueryResult } from "./query.ts";

/** Its name in the folder of runs. */
const indexFile = "index.sqlite";

export class Index implements Disposable {
  readonly #path: string;
  readonly #notes: string[] = [];
  #db: DatabaseSync;
  /** Once is enough: what is damaged again right away is not the file's fault alone. */
  #rebuilt = false;
  /** Which file `#db` is; undefined where it is in memory. */
  #place: string | undefined;

  /** Of the runs in the folder `out`; in memory, without a note, where there is no such folder. */
  constructor(out: string) {
    this.#path = join(out, indexFile);
    [this.#db, this.#place] = placeOf(out) === undefined ? inMemory() : this.#open();
  }

  /** What happened to it, in words. */
  get notes(): readonly string[] {
    return this.#notes;
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

  /** Where the file was removed, or another put in its place: opens what is there, as other processes do. */
  followFile(): void {
    if (this.#place === undefined || placeOf(this.#path) === this.#place) return;
    this.#db.close();
    [this.#db, this.#place] = this.#open();
  }

  /** Goes on without what failed: with a new file, or in memory. False where that is how it was already. */
  leave(fault: IndexFault): boolean {
    if (this.#place === undefined) return false;
    this.#db.close();
    [this.#db, this.#place] = this.#replace(fault);
    return true;
  }

  [Symbol.dispose](): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #open(): Opened {
    try {
      return opened(this.#path);
    } catch (error) {
      if (!(error instanceof IndexFault)) throw error;
      return this.#replace(error);
    }
  }

  #replace(fault: IndexFault): Opened {
    if (!fault.rebuild || this.#rebuilt) return this.#give(fault);
    this.#rebuilt = true;
    try {
      removeIndex(this.#path);
      const made = opened(this.#path);
      this.#note(`${this.#path} is built anew: ${fault.message}.`);
      return made;
    } catch (error) {
      if (!(error instanceof IndexFault)) throw error;
      return this.#give(error);
    }
  }

  #give(fault: IndexFault): Opened {
    this.#note(
      `${this.#path} is not used: ${fault.message}. Runs are found all the same, and read anew by each command.`,
    );
    return inMemory();
  }

  #note(text: string): void {
    if (!this.#notes.includes(text)) this.#notes.push(text);
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
