import { join } from "node:path";
import { expect } from "expect";
import { UserError } from "../../../src/pipeline/errors.ts";
import { writeTable } from "../../../src/tables/write.ts";
import { venvPython } from "../../venv_python.ts";
import { labelled, namesOf, open, picturesOf, toyFolder } from "./toy_folder.ts";

const files = ["cat/1.jpg", "cat/2.jpg", "dog/3.jpg"];

/** A folder of these files and a table beside them. */
async function toyTable(text: string, name = "t.csv") {
  const folder = await toyFolder([...files]);
  const path = join(folder.path, name);
  await Deno.writeTextFile(path, text);
  return { ...folder, path, folder: folder.path };
}

Deno.test("paths begin at the folder of the table, or are absolute; names are paths from there", async () => {
  await using elsewhere = await toyFolder(["x.jpg"]);
  const outside = join(elsewhere.path, "x.jpg");
  await using table = await toyTable(`path\n./dog/3.jpg\n${outside}\ncat/../cat/1.jpg\n`);
  const collection = await open(table.path);
  expect(namesOf(collection)).toEqual([outside, "cat/1.jpg", "dog/3.jpg"]);
  expect(picturesOf(collection)[1]).toEqual({
    ...{ name: "cat/1.jpg", file: join(table.folder, "cat/1.jpg") },
    ...{ range: null, seconds: null },
  });
  expect(collection).toMatchObject({ labels: null, parts: null, notes: [], title: "t.csv" });
});

Deno.test("labels and parts stay with their rows, which are sorted by name", async () => {
  await using table = await toyTable(
    "Label,FileName,split\ndog,dog/3.jpg,test\ncat,cat/2.jpg,Valid\ncat,cat/1.jpg,training\n",
  );
  const collection = await open(table.path);
  expect(labelled(collection)).toEqual({
    "cat/1.jpg": "cat",
    "cat/2.jpg": "cat",
    "dog/3.jpg": "dog",
  });
  expect(collection.parts).toEqual(["train", "validation", "test"]);
});

Deno.test("JSON lines: numbers are classes, lists are several labels, null is none", async () => {
  await using single = await toyTable(
    '{"image":"cat/1.jpg","class":10}\n{"image":"dog/3.jpg","class":9}\n',
    "t.jsonl",
  );
  expect((await open(single.path)).labels).toEqual({
    ...{ kind: "single", names: ["9", "10"], labels: [1, 0] },
  });
  await using multi = await toyTable(
    '{"file":"cat/1.jpg","label":["b","a","b"]}\n{"file":"cat/2.jpg","label":null}\n' +
      '{"file":"dog/3.jpg","label":["b"]}\n',
    "t.jsonl",
  );
  expect((await open(multi.path)).labels).toEqual({
    ...{ kind: "multi", names: ["a", "b"], labels: [[0, 1], [], [1]] },
  });
});

Deno.test("a column of tags holds several, parted by ; | or a comma; where each row has one, they are classes", async () => {
  await using tags = await toyTable('file,tags\ncat/1.jpg,"b; a"\ncat/2.jpg,a|c\ndog/3.jpg,\n');
  expect((await open(tags.path)).labels).toEqual({
    ...{ kind: "multi", names: ["a", "b", "c"], labels: [[0, 1], [0, 2], []] },
  });
  await using one = await toyTable("file,labels\ncat/1.jpg,x\ndog/3.jpg,y\n");
  expect((await open(one.path)).labels).toEqual({
    kind: "single",
    names: ["x", "y"],
    labels: [0, 1],
  });
});

Deno.test("a label may hold commas where the column is for one label", async () => {
  await using table = await toyTable('file,label\ncat/1.jpg,"tench, Tinca tinca"\n');
  expect((await open(table.path)).labels?.names).toEqual(["tench, Tinca tinca"]);
});

Deno.test("a column of labels that is empty says nothing", async () => {
  await using table = await toyTable("file,label\ncat/1.jpg,\ndog/3.jpg, \n");
  expect((await open(table.path)).labels).toBeNull();
});

Deno.test("Parquet, with names that hold newlines and commas", async () => {
  await using folder = await toyFolder(["a\n,b.png", "c.png"]);
  const path = join(folder.path, "t.parquet");
  await writeTable(path, { path: ["c.png", "a\n,b.png"], label: Int32Array.of(1, 2) });
  expect(labelled(await open(path))).toEqual({ "a\n,b.png": "2", "c.png": "1" });
});

Deno.test("pictures inside a Parquet file are no paths: it is said what to do with them", async () => {
  await using folder = await toyFolder([]);
  const path = join(folder.path, "t.parquet");
  await venvPython(
    `
import sys
import pyarrow as pa
import pyarrow.parquet as pq
image = [{"bytes": b"picture", "path": "1.jpg"}]
pq.write_table(pa.table({"image": image, "label": [1]}), sys.argv[1])
`,
    path,
  );
  await expect(open(path)).rejects.toThrow(
    /found label, image \(structs\)\. .* make a data set with the package datasets \(save_to_disk\)/,
  );
});

Deno.test("files that are not there are told, and left to the index; that none is there is a mistake", async () => {
  await using some = await toyTable("file\ncat/1.jpg\ngone.jpg\n");
  const collection = await open(some.path);
  expect(namesOf(collection)).toEqual(["cat/1.jpg", "gone.jpg"]);
  expect(collection.notes).toEqual(["files that are not there: 1 (gone.jpg)"]);
  await using none = await toyTable("file\n1.jpg\n2.jpg\n");
  await expect(open(none.path)).rejects.toThrow(
    /found none of 2 there, the first is .*1\.jpg\. Move/,
  );
});

Deno.test("the fingerprint follows the files, not the labels nor the place", async () => {
  await using one = await toyTable("file,label\ncat/1.jpg,a\n");
  await using two = await toyTable("file,label\ncat/1.jpg,b\n");
  const { fingerprint } = await open(one.path);
  expect((await open(two.path)).fingerprint).toBe(fingerprint);
  await Deno.writeTextFile(join(two.folder, "cat/1.jpg"), "other");
  expect((await open(two.path)).fingerprint).not.toBe(fingerprint);
});

const mistakes: readonly (readonly [text: string, message: RegExp])[] = [
  [
    "label,id\ncat,1\n",
    /needs a column with the paths .* path, file, .*, found label, id\. Rename/,
  ],
  [
    "file,label\ncat/1.jpg,a\n,b\n",
    /needs a path in each of the 2 rows of "file", found "" in row 2/,
  ],
  [
    "file,label\ncat/1.jpg,a\ncat/2.jpg,\ndog/3.jpg,b\n",
    /a label in every row of "label" or in none, found 1 of 3 rows without one, the first row 2\./,
  ],
  [
    "file,split\ncat/1.jpg,train\ncat/2.jpg,holdout\n",
    /one of train, .* in each row of "split", found "holdout" in row 2/,
  ],
  [
    "file,label\ncat/1.jpg,a\ndog/3.jpg,a\n./cat/1.jpg,b\n",
    /each picture once, found "cat\/1\.jpg" in row 1 and row 3/,
  ],
  ["file,label\n", /it needs pictures, found no row/],
];

for (const [text, message] of mistakes) {
  Deno.test(`a mistake in a table says which: ${message.source}`, async () => {
    await using table = await toyTable(text);
    const error = await open(table.path).catch((error) => error);
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/^Cannot open /);
    expect(error.message).toMatch(message);
  });
}
