import { join } from "node:path";
import { expect } from "expect";
import { memoryIndex } from "../../../src/registry/index_file.ts";
import { currentEnvironment } from "../../../tasks/lib/environment.ts";
import { toJsonResult } from "../../../src/report/json_result.ts";
import { record, summary } from "../../report/fixture.ts";
import { sealSummary } from "../../report/summary_artifact.ts";
import { writeFinishedRun } from "../../registry/folders.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { said } from "../said.ts";

Deno.test("clusterfit query answers with a table, or with columns and rows as JSON", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path);
  const sql = "SELECT name, seed, max(value) AS best, NULL AS none FROM runs JOIN measurements " +
    "USING (run) WHERE target = 'emoji-category' AND arm = 'ncf' GROUP BY name, seed LIMIT 2";

  const { code, stdout, stderr } = await said("query", sql, "--runs", folder.path);

  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toBe(
    `${"name".padEnd(record.id.length)}  seed  best  none\n` +
      `${record.id}     7  46.1\n` +
      `${record.id}     8  48.3\n` +
      "\n2 rows\n",
  );

  const json = await said("query", sql, "--runs", folder.path, "--json");
  expect(JSON.parse(json.stdout)).toEqual({
    columns: ["name", "seed", "best", "none"],
    rows: [[record.id, 7, expect.closeTo(46.1), null], [record.id, 8, expect.closeTo(48.3), null]],
    notes: [],
  });
});

Deno.test("clusterfit query says what it cannot answer, with exit code 2", async () => {
  await using folder = await temporaryFolder();
  const error = async (sql: string) => {
    const { code, stderr } = await said("query", sql, "--runs", folder.path);
    expect(code).toBe(2);
    return stderr;
  };
  expect(await error("DROP TABLE runs")).toContain(
    "begins with SELECT, WITH or VALUES, found DROP",
  );
  expect(await error("/* nothing */")).toContain("found none");
  expect(await error("SELECT nme FROM runs"))
    .toBe(
      "error: Cannot query: no such column: nme. docs/RUNS.md lists the tables and their columns.\n",
    );
  expect((await said("query", "SELECT 1", "--runs", join(folder.path, "no"))).code).toBe(2);
});

Deno.test("the first query of docs/RUNS.md and that of --help give the scores of the run's own table", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path);
  const others = summary.measurements.map((one) =>
    one.budget === null ? one : { ...one, value: 1 }
  );
  const probed = { ...summary, measurements: others };
  await sealSummary(join(folder.path, record.id), probed);
  const table = toJsonResult(probed, record.id, 0).targets
    .map(({ target, scores }) => [target, expect.closeTo(scores["ncf"]!.mean, 9)]);
  const page = await Deno.readTextFile(join(currentEnvironment().root, "docs/RUNS.md"));

  for (const text of [page, (await said("query", "--help")).stdout]) {
    const [, sql = ""] = text.match(/query "(SELECT name, target[^"]*)"/) ?? [];
    const { stdout } = await said("query", sql, "--runs", folder.path, "--json");
    const rows: [string, string, number][] = JSON.parse(stdout).rows;
    expect(table.length).toBeGreaterThan(1);
    expect(Object.fromEntries(rows.map(([, target, score]) => [target, score])))
      .toEqual(Object.fromEntries(table));
    expect(rows).toHaveLength(table.length);
  }
});

Deno.test("docs/RUNS.md names every table of the index and every column, in their order", async () => {
  const page = await Deno.readTextFile(join(currentEnvironment().root, "docs/RUNS.md"));
  const [, section = ""] = page.match(/^### The tables\n([^]*?)^### /m) ?? [];
  const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);
  const documented = section.split("\n").filter((line) => line.startsWith("| `")).map((line) => {
    const [, table = "", , columns = ""] = line.split("|");
    return [quoted(table)[0]!, quoted(columns)];
  });

  using db = memoryIndex();
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const columns = db.prepare("SELECT name FROM pragma_table_info(?)");
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(
    tables.map(({ name }) => [name, columns.all(name!).map(({ name }) => name)]),
  ));
});
