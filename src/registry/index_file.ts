/** The file of the index: made, opened, or found to be what it should not be. */
import { DatabaseSync } from "node:sqlite";
import { explained, IndexFault } from "./index_fault.ts";
import { applicationId, schemaVersion, tables } from "./index_schema.ts";

/** Milliseconds that a statement waits for another process's. */
const busyTimeout = 2000;

/** The index in this file, made where there is none. Throws an IndexFault. */
export function openIndex(path: string): DatabaseSync {
  checkFile(path);
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

/** A connection to the index in this file that cannot write. Throws an IndexFault. */
export function openReader(path: string): DatabaseSync {
  return explained(() => guarded(new DatabaseSync(path, { readOnly: true })));
}

/** An index that nobody else sees and that goes with this process. */
export function memoryIndex(): DatabaseSync {
  return prepared(new DatabaseSync(":memory:"));
}

/** Removes an index with what SQLite keeps beside it: that first, lest it is taken for a new one's. Throws an IndexFault. */
export function removeIndex(path: string): void {
  for (const name of [`${path}-wal`, `${path}-shm`, path]) {
    try {
      Deno.removeSync(name);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) continue;
      throw new IndexFault("it is damaged and may not be removed", { cause: error });
    }
  }
}

/** Does all of it or nothing. */
export function transaction(db: DatabaseSync, change: () => void): void {
  execute(db, "BEGIN IMMEDIATE");
  try {
    change();
    execute(db, "COMMIT");
  } catch (error) {
    if (db.isTransaction) execute(db, "ROLLBACK");
    throw error;
  }
}

/** Statements, each with its own result code where it fails: errors of `DatabaseSync.exec` have none (Deno 2.9.6). */
function execute(db: DatabaseSync, ...statements: readonly string[]): void {
  for (const statement of statements) db.prepare(statement).run();
}

/** A link may lead to a file of somebody else's, and opening a pipe would wait for its writer. */
function checkFile(path: string): void {
  let found;
  try {
    found = Deno.lstatSync(path);
  } catch {
    return; // there is none, or SQLite says why it cannot be opened
  }
  if (!found.isFile) throw new IndexFault("it is no regular file");
}

/** What holds of every connection. SQLite's own default is not to wait at all. What stands in the tables is no program: a
 * database that somebody sent may hold functions to be called. */
function guarded(db: DatabaseSync): DatabaseSync {
  execute(db, `PRAGMA busy_timeout = ${busyTimeout}`, "PRAGMA trusted_schema = OFF");
  const found = pragma(db, "busy_timeout");
  if (found === busyTimeout) return db;
  throw new Error(`SQLite waits ${found} ms for others, not ${busyTimeout}`);
}

function prepared(db: DatabaseSync): DatabaseSync {
  guarded(db);
  checkOwner(db); // before anything is written
  execute(
    db,
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
  );
  if (pragma(db, "application_id") === applicationId) return db;
  transaction(db, () => {
    if (checkOwner(db) === "ours") return; // another process made it meanwhile
    execute(db, ...tables);
    execute(db, `PRAGMA application_id = ${applicationId}`);
    execute(db, `PRAGMA user_version = ${schemaVersion}`);
  });
  return db;
}

function checkOwner(db: DatabaseSync): "ours" | "empty" {
  const owner = pragma(db, "application_id");
  if (owner === applicationId) {
    const version = pragma(db, "user_version");
    if (version === schemaVersion) return "ours";
    throw new IndexFault(
      `it has schema ${version}, which another version of clusterfit wrote, not ${schemaVersion}`,
      { rebuild: true },
    );
  }
  const { objects } = db.prepare("SELECT count(*) AS objects FROM sqlite_schema").get()!;
  if (owner === 0 && objects === 0) return "empty";
  throw new IndexFault("it is the database of another program");
}

function pragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}
