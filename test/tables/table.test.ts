import { join } from "node:path";
import { expect } from "expect";
import fc from "fast-check";
import { UserError } from "../../src/pipeline/errors.ts";
import { readTable } from "../../src/tables/read.ts";
import type { ColumnValues } from "../../src/tables/table.ts";
import { writeTable } from "../../src/tables/write.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const extensions = [".csv", ".tsv", ".jsonl", ".ndjson", ".parquet"];

const columns = {
  path: ["a.jpg", 'b "c",\n.png', "", "ü/漢.webp"],
  cluster: Int32Array.of(-1, 0, 2 ** 31 - 1, 7),
  distance: Float32Array.of(0.1, 1e-30, 3, 16777216),
  margin: Float64Array.of(0.1, 1e300, -0.5, 0),
};

async function roundTrip(dir: string, name: string, columns: Record<string, ColumnValues>) {
  await writeTable(join(dir, name), columns);
  const table = await readTable(join(dir, name));
  return { rows: table.rows, columns: Object.fromEntries(table.columns) };
}

/** As CSV has them: text. */
const spelled = {
  ...columns,
  cluster: ["-1", "0", "2147483647", "7"],
  distance: ["0.1", "1e-30", "3", "16777216"],
  margin: ["0.1", "1e+300", "-0.5", "0"],
};

for (const extension of extensions) {
  Deno.test(`a table written as ${extension} is read back, column by column`, async () => {
    await using dir = await temporaryFolder();
    const read = await roundTrip(dir.path, `t${extension}`, columns);
    const text = [".csv", ".tsv"].includes(extension);
    const numbers = extension === ".parquet" ? [...columns.distance] : [0.1, 1e-30, 3, 16777216];
    expect(read).toEqual({
      rows: 4,
      columns: text ? spelled : {
        path: columns.path,
        cluster: [...columns.cluster],
        distance: numbers,
        margin: [...columns.margin],
      },
    });
    expect(Object.keys(read.columns)).toEqual(Object.keys(columns));
    expect(await Array.fromAsync(Deno.readDir(dir.path))).toHaveLength(1);
  });

  Deno.test(`${extension}: any text, also no row; the same columns give the same bytes`, async () => {
    await using dir = await temporaryFolder();
    const text = fc.array(fc.string({ unit: "grapheme" }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(text, async (values) => {
        const given = { "a,b": values, n: Float32Array.from(values, (_, at) => at / 3) };
        const read = await roundTrip(dir.path, `t${extension}`, given);
        expect(read.rows).toBe(values.length);
        if (values.length > 0) expect(read.columns["a,b"]).toEqual(values);
        const first = await Deno.readFile(join(dir.path, `t${extension}`));
        await writeTable(join(dir.path, `u${extension}`), given);
        expect(await Deno.readFile(join(dir.path, `u${extension}`))).toEqual(first);
      }),
      { numRuns: 20 },
    );
  });
}

Deno.test("a float32 is written in its own fewest digits, and reads back as the same float32", async () => {
  await using dir = await temporaryFolder();
  await fc.assert(
    fc.asyncProperty(fc.float32Array({ minLength: 1, noNaN: true }), async (values) => {
      const finite = values.filter(Number.isFinite);
      const { columns } = await roundTrip(dir.path, "t.csv", { values: finite });
      expect(Float32Array.from(columns["values"] as string[], Number).map((x) => x + 0))
        .toEqual(finite.map((x) => x + 0));
    }),
    { numRuns: 50 },
  );
});

Deno.test("a number that is not finite is an empty cell of CSV and null in JSON and Parquet", async () => {
  await using dir = await temporaryFolder();
  const values = Float32Array.of(NaN, Infinity, 1);
  const csv = await roundTrip(dir.path, "t.csv", { values, b: ["", "", ""] });
  expect(csv.columns["values"]).toEqual(["", "", "1"]);
  const json = await roundTrip(dir.path, "t.jsonl", { values });
  expect(json.columns["values"]).toEqual([null, null, 1]);
  const parquet = await roundTrip(dir.path, "t.parquet", { values });
  expect(parquet.columns["values"]).toEqual([null, null, 1]);
});

Deno.test("lines of JSON may lack columns: null", async () => {
  await using dir = await temporaryFolder();
  const path = join(dir.path, "t.jsonl");
  await Deno.writeTextFile(path, '{"a":[1,"x"]}\n\n{"b":true}\r\n');
  const { rows, columns } = await readTable(path);
  expect(rows).toBe(2);
  expect(Object.fromEntries(columns)).toEqual({ a: [[1, "x"], null], b: [null, true] });
});

const wrong: readonly (readonly [name: string, text: string, found: RegExp])[] = [
  ["t.csv", "", /line 1: it has no header/],
  ["t.csv", "a,a\n", /line 1: two columns are called "a"/],
  ["t.csv", "a,b\n1,2\n\n3\n", /line 4: it has 1 fields, the header has 2/],
  ["t.csv", 'a\n"1\n', /line 2: a quote is never closed/],
  ["t.jsonl", '{"a":1}\n[1]\n', /line 2: it is no object/],
  ["t.jsonl", '{"a":1}\n{"a"\n', /line 2: /],
  ["t.parquet", "PAR1 no", /found: /],
  ["t.parquet", "", /found: /],
];

for (const [name, text, found] of wrong) {
  Deno.test(`a damaged ${name} is a mistake that says where: ${found.source}`, async () => {
    await using dir = await temporaryFolder();
    await Deno.writeTextFile(join(dir.path, name), text);
    const error = await readTable(join(dir.path, name)).catch((error) => error);
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/^Cannot read the table .*: it needs a whole file/);
    expect(error.message).toMatch(found);
  });
}

Deno.test("text that is no UTF-8 is a mistake, and so are a name of no table and a file that is not there", async () => {
  await using dir = await temporaryFolder();
  const path = join(dir.path, "t.csv");
  await Deno.writeFile(path, Uint8Array.of(0x61, 0x0a, 0xe9, 0x0a));
  await expect(readTable(path)).rejects.toThrow(UserError);
  await expect(readTable(join(dir.path, "t.xlsx"))).rejects.toThrow(
    /it needs a name that ends in one of \.csv, .*, found "\.xlsx"/,
  );
  await expect(writeTable(join(dir.path, "t"), { a: ["1"] })).rejects.toThrow(UserError);
  await expect(readTable(join(dir.path, "gone.parquet"))).rejects.toThrow(UserError);
});

Deno.test("columns of two lengths are refused, and no file is made", async () => {
  await using dir = await temporaryFolder();
  for (const extension of extensions) {
    const path = join(dir.path, `t${extension}`);
    await expect(writeTable(path, { a: ["1"], b: Int32Array.of(1, 2) })).rejects.toThrow(
      "it needs columns of one length, found 1, 2",
    );
  }
  expect(await Array.fromAsync(Deno.readDir(dir.path))).toEqual([]);
});

Deno.test("a CSV of other separators, and one of another encoding, are told as what they are", async () => {
  await using dir = await temporaryFolder();
  const path = join(dir.path, "t.csv");
  for (const [text, separator] of [["a;b", ";"], ["a|b", "|"], ["a\tb", "\\t"]] as const) {
    await Deno.writeTextFile(path, `${text}\n1.jpg${text[1]}2,5\n`);
    await expect(readTable(path)).rejects.toThrow(
      `line 1: its fields are separated by "${separator}", which has to be ","`,
    );
  }
  await Deno.writeFile(path, Uint8Array.of(97, 10, 0xe9, 10)); // "a", "é" in Latin-1
  await expect(readTable(path)).rejects.toThrow("found: text that is not UTF-8 (Latin-1?)");
  await Deno.writeTextFile(path, "tags\na;b\n");
  expect((await readTable(path)).columns.get("tags")).toEqual(["a;b"]);
});
