/** A question in SQL that can change nothing. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { UserError } from "../pipeline/errors.ts";
import type { Json } from "../pipeline/json.ts";
import { faultOf } from "./index_fault.ts";
import { memoryIndex } from "./index_file.ts";

/** What a query answers. */
export interface QueryResult {
  readonly columns: readonly string[];
  /** As many values as columns. Numbers beyond 2^53 and infinite ones are text, bytes are hex digits. */
  readonly rows: readonly (readonly Json[])[];
}

/** SQLite's numbers of what a statement does (`SQLITE_READ` and so on), of all that one may do. Anything else is refused
 * as it is compiled: also VACUUM INTO, which writes a file on a connection for reading only, ATTACH, and PRAGMA. */
const allowed: ReadonlySet<number> = new Set(
  Object.values({ read: 20, select: 21, function: 31, recursive: 33 }),
);
/** What an authorizer answers. */
const [ok, deny] = [0, 1];

/** What Deno's node:sqlite has and its types lack. */
interface Guarded {
  setAuthorizer(authorizer: ((action: number) => number) | null): void;
}
interface AsArrays {
  setReturnArrays(enabled: boolean): void;
}

const blank = /^(?:\s|;|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*/;

/** Throws a UserError where the statement is none that reads or that SQLite understands, and an IndexFault where the index is
 * damaged. */
export function ask(db: DatabaseSync, sql: string): QueryResult {
  return readingOnly(db, () => {
    const statement = compile(db, sql);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    const columns = statement.columns().map(({ name }) => name);
    const rows = statement.all() as unknown as readonly (readonly unknown[])[];
    return { columns, rows: rows.map((row) => row.map(jsonOf)) };
  });
}

/** Throws the UserError that `ask` throws of a statement itself. */
export function checkQuery(sql: string): void {
  using db = memoryIndex();
  readingOnly(db, () => void compile(db, sql));
}

function readingOnly<T>(db: DatabaseSync, read: () => T): T {
  const guarded = db as DatabaseSync & Guarded;
  guarded.setAuthorizer((action) => allowed.has(action) ? ok : deny);
  try {
    return read();
  } catch (error) {
    throw explain(error);
  } finally {
    guarded.setAuthorizer(null);
  }
}

function compile(db: DatabaseSync, sql: string): StatementSync & AsArrays {
  checkReads(sql);
  const statement = db.prepare(sql) as StatementSync & AsArrays;
  const more = sql.slice(statement.sourceSQL.length).replace(blank, "");
  if (more === "") return statement;
  throw new UserError(
    `Cannot query: it needs one statement, found another one behind it: ${JSON.stringify(more)}. ` +
      "Give them one at a time.",
  );
}

/** The authorizer refuses what writes; this says it in words, and keeps texts without a statement from node:sqlite, which Deno
 * 2.9.6 crashes on. */
function checkReads(sql: string): void {
  const first = /^\w*/.exec(sql.replace(blank, ""))![0];
  if (/^(select|with|values)$/i.test(first)) return;
  throw new UserError(
    "Cannot query: it needs a statement that reads, which begins with SELECT, WITH or VALUES, found " +
      `${first === "" ? "none" : first}. The index is only read; docs/RUNS.md lists its tables.`,
  );
}

/** SQLite's own words, but for a damaged database: that is no mistake of whoever asks. */
function explain(error: unknown): unknown {
  const fault = faultOf(error);
  if (fault === undefined || fault.damaged) return fault ?? error;
  return new UserError(
    `Cannot query: ${(error as Error).message}. docs/RUNS.md lists the tables and their columns.`,
    { cause: error },
  );
}

function jsonOf(value: unknown): Json {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (value instanceof Uint8Array) return value.toHex();
  return value as Json;
}
