/** Opens the file of the index, or says why it cannot be had. */
import { DatabaseSync } from "node:sqlite";
import { applicationId, schemaVersion, tables } from "./index_schema.ts";

/** Milliseconds that a statement waits for another process's. */
const busyTimeout = 2000;

/** Why an index cannot be used. `rebuild`: it is ours and worth nothing any more. */
export class IndexFault extends Error {
  override readonly name = "IndexFault";
  readonly rebuild: boolean;

  constructor(message: string, rebuild: boolean, options?: ErrorOptions) {
    super(message, options);
    this.rebuild = rebuild;
  }
}

/** The index in this file, made where there is none. Throws an IndexFault. */
export function openIndex(path: string): DatabaseSync {
  return explained(() => {
    const db = new DatabaseSync(path);
    try {
      return prepared(db);
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** An index that nobody else sees and that goes with this process. */
export function memoryIndex(): DatabaseSync {
  return prepared(new DatabaseSync(":memory:"));
}

/** Removes an index with what SQLite keeps beside it: that first, lest it is taken for a new one's. */
export function removeIndex(path: string): void {
  for (const name of [`${path}-wal`, `${path}-shm`, path]) {
    try {
      Deno.removeSync(name);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

/** Does all of it or nothing. */
export function transaction(db: DatabaseSync, change: () => void): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    change();
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

/** What SQLite refused as an IndexFault; any other error as it is. */
export function explained<T>(use: () => T): T {
  try {
    return use();
  } catch (error) {
    const code = (error as { errcode?: unknown }).errcode;
    if (typeof code !== "number") throw error;
    const { words, rebuild = false } = faults[code & 0xff] ??
      { words: `SQLite refuses it (${(error as Error).message})` };
    throw new IndexFault(words, rebuild, { cause: error });
  }
}

/** By SQLite's primary result code. */
const faults: Readonly<Record<number, { readonly words: string; readonly rebuild?: true }>> = {
  3: { words: "it may not be written" },
  5: { words: "another program keeps it locked" },
  6: { words: "another program keeps it locked" },
  8: { words: "it may not be written" },
  10: { words: "the disk cannot be read or written" },
  11: { words: "it is damaged", rebuild: true },
  13: { words: "the disk is full" },
  14: { words: "it cannot be opened or made" },
  26: { words: "it is damaged", rebuild: true },
};

function prepared(db: DatabaseSync): DatabaseSync {
  db.exec(`PRAGMA busy_timeout = ${busyTimeout}`);
  const found = pragma(db, "busy_timeout");
  if (found !== busyTimeout) throw new Error(`the busy timeout is ${found}, not ${busyTimeout}`);
  checkOwner(db);
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
  if (pragma(db, "application_id") === applicationId) return db;
  transaction(db, () => {
    if (checkOwner(db) === "ours") return; // another process made it meanwhile
    db.exec(tables);
    db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}`);
  });
  return db;
}

function checkOwner(db: DatabaseSync): "ours" | "empty" {
  const owner = pragma(db, "application_id");
  if (owner === applicationId) {
    const version = pragma(db, "user_version");
    if (version === schemaVersion) return "ours";
    throw new IndexFault(`it has schema ${version}, this version writes ${schemaVersion}`, true);
  }
  const { holds } = db.prepare("SELECT count(*) AS holds FROM sqlite_schema").get() as {
    holds: number;
  };
  if (owner === 0 && holds === 0) return "empty";
  throw new IndexFault("it is the database of another program", false);
}

function pragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}
