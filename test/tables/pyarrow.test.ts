/** Parquet beside the library that most others write and read it with. */
import { join } from "node:path";
import { expect } from "expect";
import { readTable } from "../../src/tables/read.ts";
import { writeTable } from "../../src/tables/write.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { venvPython } from "../venv_python.ts";

Deno.test("pyarrow reads what is written: the same values, and the types of the arrays", async () => {
  await using dir = await temporaryFolder();
  const path = join(dir.path, "t.parquet");
  await writeTable(path, {
    path: ["a.jpg", "", "ü\n漢.png"],
    cluster: Int32Array.of(-1, 0, 5),
    distance: Float32Array.of(0.5, 1.25, -0),
    margin: Float64Array.of(0.1, 1e300, 0),
  });
  const read = await venvPython(
    `
import json, sys
import pyarrow.parquet as pq
table = pq.read_table(sys.argv[1])
fields = [(field.name, str(field.type), field.nullable) for field in table.schema]
print(json.dumps([fields, table.to_pydict()]))
`,
    path,
  );
  expect(JSON.parse(read)).toEqual([
    [
      ["path", "string", false],
      ["cluster", "int32", false],
      ["distance", "float", false],
      ["margin", "double", false],
    ],
    {
      path: ["a.jpg", "", "ü\n漢.png"],
      cluster: [-1, 0, 5],
      distance: [0.5, 1.25, -0],
      margin: [0.1, 1e300, 0],
    },
  ]);
});

Deno.test("what pyarrow writes is read: codecs, row groups, dictionaries, lists, null, whole numbers", async () => {
  await using dir = await temporaryFolder();
  await venvPython(
    `
import sys
import pyarrow as pa
import pyarrow.parquet as pq
table = pa.table({
    "path": pa.array(["a", None, "ü"] * 40),
    "label": pa.array(["cat", "dog", "cat"] * 40).dictionary_encode(),
    "tags": pa.array([["x", "y"], [], None] * 40),
    "id": pa.array([1, 2**40, -3] * 40, pa.int64()),
    "big": pa.array([2**62] * 120, pa.int64()),
    "image": pa.array([{"bytes": b"picture", "path": None}] * 120),
    "boxes": pa.array([[{"x": 1, "y": 2}]] * 120),
})
for codec in ["none", "snappy", "gzip", "zstd", "brotli"]:
    pq.write_table(table, f"{sys.argv[1]}/{codec}.parquet", compression=codec, row_group_size=7)
`,
    dir.path,
  );
  const files = await Array.fromAsync(Deno.readDir(dir.path));
  expect(files.length).toBe(5);
  for (const { name } of files) {
    const { rows, columns, nested } = await readTable(join(dir.path, name));
    expect(rows).toBe(120);
    expect(nested).toEqual(["image", "boxes"]);
    const last = [...columns].map(([column, cells]) => [column, cells.slice(-3)]);
    expect(Object.fromEntries(last)).toEqual({
      path: ["a", null, "ü"],
      label: ["cat", "dog", "cat"],
      tags: [["x", "y"], [], null],
      id: [1, 2 ** 40, -3],
      big: [2n ** 62n, 2n ** 62n, 2n ** 62n],
    });
  }
});
