import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "expect";
import { UserError } from "../../src/pipeline/errors.ts";
import { memoryIndex } from "../../src/registry/index_file.ts";
import { schemaVersion } from "../../src/registry/index_schema.ts";
import { ask } from "../../src/registry/query.ts";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("a query answers with columns in their order and values that JSON can hold", () => {
  using db = memoryIndex();
  const sql =
    "/* what */ WITH a(x) AS (VALUES (1), (NULL)) SELECT x, x, 'é' AS t, 0.5, 9007199254740993, " +
    "1e999, x'00ff', sum(x) OVER (), '[1]'->>0 FROM a; -- end";
  expect(ask(db, sql)).toEqual({
    columns: [
      "x",
      "x",
      "t",
      "0.5",
      "9007199254740993",
      "1e999",
      "x'00ff'",
      "sum(x) OVER ()",
      "'[1]'->>0",
    ],
    rows: [
      [1, 1, "é", 0.5, "9007199254740993", "Infinity", "00ff", 1, 1],
      [null, null, "é", 0.5, "9007199254740993", "Infinity", "00ff", 1, 1],
    ],
  });
  expect(ask(db, "SELECT name FROM runs")).toEqual({ columns: ["name"], rows: [] });
  expect(
    ask(
      db,
      "SELECT max(x) FROM (WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 9) " +
        "SELECT x FROM n)",
    ).rows,
  ).toEqual([[9]]);
});

Deno.test("nothing but reading is done, whatever a statement looks like, on any connection", async () => {
  await using folder = await temporaryFolder();
  const other = join(folder.path, "other.sqlite");
  using db = memoryIndex();
  for (
    const sql of [
      "",
      "   ",
      "-- nothing",
      "/* nothing */ ;",
      ";",
      "DELETE FROM runs",
      "PRAGMA user_version = 7",
      "PRAGMA user_version",
      `ATTACH '${other}' AS other`,
      `VACUUM INTO '${other}'`,
      "EXPLAIN DELETE FROM runs",
      "WITH a AS (SELECT 1) INSERT INTO seeds SELECT 1, 1",
      "WITH a AS (SELECT 1) DELETE FROM runs",
      "SELECT 1; DELETE FROM runs",
      "SELECT 1; SELECT 2",
      "SELECT * FROM pragma_table_info('runs')",
      "SELECT load_extension('x')",
      "SELECT fts3_tokenizer('simple', x'00')",
      "SELECT writefile('x', 'y')",
      "WITH",
      "SELECT",
      "SELECT 'a",
    ]
  ) {
    expect(() => ask(db, sql)).toThrow(UserError);
    expect(() => ask(db, sql)).toThrow(/^Cannot query: /);
  }
  expect([...Deno.readDirSync(folder.path)]).toEqual([]);
  expect(db.prepare("PRAGMA user_version").get()).toEqual({ user_version: schemaVersion }); // and may be used again
});

Deno.test("a query reads an index on the disk and cannot write it", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "some.sqlite");
  using writer = new DatabaseSync(path);
  writer.exec("CREATE TABLE some (x); INSERT INTO some VALUES (5)");
  using reader = new DatabaseSync(path, { readOnly: true });
  expect(ask(reader, "SELECT x FROM some").rows).toEqual([[5]]);
  expect(() => ask(reader, "WITH a AS (SELECT 1) INSERT INTO some SELECT 6")).toThrow(UserError);
  expect(ask(reader, "VALUES (1, 'a')").rows).toEqual([[1, "a"]]);
});
