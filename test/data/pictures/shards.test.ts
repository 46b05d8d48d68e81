/** Shards as WebDataset names them. */
import { join } from "node:path";
import { expect } from "expect";
import type { Collection } from "../../../src/data/pictures/collection.ts";
import { UserError } from "../../../src/pipeline/errors.ts";
import { labelled, namesOf, open, picturesOf, toyFolder } from "./toy_folder.ts";

/** A folder of tar files, each of its members by name. */
async function toyShards(shards: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const folder = await toyFolder([]);
  for (const [shard, members] of Object.entries(shards)) {
    await using content = await toyFolder(members);
    await Deno.mkdir(join(folder.path, shard, ".."), { recursive: true });
    const args = ["cf", join(folder.path, shard), "-C", content.path, ...Object.keys(members)];
    const { success } = await new Deno.Command("tar", { args }).output();
    if (!success) throw new Error(`tar failed for ${shard}`);
    await Deno.utime(join(folder.path, shard), 1e9, 1e9);
  }
  return folder;
}

/** What each picture's range of bytes holds. */
async function contents(collection: Collection): Promise<Record<string, string>> {
  const read = picturesOf(collection).map(async ({ name, file, range }) => {
    const bytes = await Deno.readFile(file);
    const { offset, bytes: size } = range!;
    return [name, new TextDecoder().decode(bytes.subarray(offset, offset + size))];
  });
  return Object.fromEntries(await Promise.all(read));
}

Deno.test("a folder of shards: a picture is a range of its shard, its label the .cls beside it", async () => {
  await using folder = await toyShards({
    "x-000.tar": { "a/1.jpg": "one", "a/1.cls": "7\n", "a/2.png": "two", "a/2.cls": "12" },
    "deep/x-001.tar": { "3.JPG": "three", "3.cls": "7" },
  });
  const collection = await open(folder.path);
  expect(await contents(collection)).toEqual({
    "deep/x-001.tar/3.JPG": "three",
    "x-000.tar/a/1.jpg": "one",
    "x-000.tar/a/2.png": "two",
  });
  expect(collection.labels).toEqual({ kind: "single", names: ["7", "12"], labels: [0, 0, 1] });
  expect(collection.parts).toBeNull();
});

Deno.test("one shard, a range of them, and a list: the same names, whichever way they are given", async () => {
  await using folder = await toyShards({
    "x-08.tar": { "1.jpg": "" },
    "x-09.tar": { "1.jpg": "" },
    "x-10.tar": { "1.jpg": "" },
  });
  const at = async (pattern: string) => namesOf(await open(join(folder.path, pattern)));
  expect(await at("x-09.tar")).toEqual(["x-09.tar/1.jpg"]);
  expect(await at("x-{09..10}.tar")).toEqual(["x-09.tar/1.jpg", "x-10.tar/1.jpg"]);
  expect(await at("x-{10,08}.tar")).toEqual(["x-08.tar/1.jpg", "x-10.tar/1.jpg"]);
  await expect(at("x-{08..11}.tar")).rejects.toThrow(
    /x-11\.tar: it needs every shard of the range, found no such file/,
  );
});

Deno.test("labels in JSON: one, or several; .cls goes before .json, .json with a label before .txt", async () => {
  await using one = await toyShards({
    "x.tar": { "1.jpg": "", "1.json": '{"label":3,"caption":"c"}', "1.txt": "a caption" },
  });
  expect((await open(one.path)).labels).toEqual({ kind: "single", names: ["3"], labels: [0] });
  await using several = await toyShards({
    "x.tar": {
      ...{ "1.jpg": "", "1.json": '{"tags":["b","a"]}' },
      ...{ "2.jpg": "", "2.json": '{"tags":[]}', "2.cls.old": "9" },
    },
  });
  expect((await open(several.path)).labels).toEqual({
    ...{ kind: "multi", names: ["a", "b"], labels: [[0, 1], []] },
  });
  await using all = await toyShards({
    "x.tar": { "1.jpg": "", "1.json": '{"label":3}', "1.txt": "text", "1.cls": "class" },
  });
  expect((await open(all.path)).labels?.names).toEqual(["class"]);
  await using text = await toyShards({
    "x.tar": { "1.jpg": "", "1.json": '{"caption":"no label"}', "1.txt": " dog \n" },
  });
  expect((await open(text.path)).labels?.names).toEqual(["dog"]);
});

Deno.test("a sample is what shares a name up to the first dot; its plain picture counts", async () => {
  await using folder = await toyShards({
    "x.tar": {
      ...{ "1.seg.png": "mask", "1.jpg": "picture", "1.png": "second" },
      ...{ "2.txt": "no picture" },
      ...{ "v1.2/3.jpg": "dots in a folder" },
      ...{ "me.2024.jpg": "dots", "me.2025.jpg": "in names" },
      "without": "a name without a dot is no sample",
    },
  });
  const collection = await open(folder.path);
  expect(await contents(collection)).toEqual({
    "x.tar/1.jpg": "picture",
    "x.tar/me.2024.jpg": "dots",
    "x.tar/me.2025.jpg": "in names",
    "x.tar/v1.2/3.jpg": "dots in a folder",
  });
  expect(collection.notes).toContain(
    "left out, further pictures of samples of shards: 2 (x.tar/1.seg.png, x.tar/1.png)",
  );
  expect(collection.notes).toContain("left out, samples of shards without a picture: 1 (x.tar/2)");
});

Deno.test("of two members of one name the last counts, as where a tar file is unpacked", async () => {
  await using folder = await toyShards({ "x.tar": { "1.jpg": "old" } });
  await Deno.writeTextFile(join(folder.path, "1.jpg"), "newer");
  const args = ["rf", join(folder.path, "x.tar"), "-C", folder.path, "1.jpg"];
  await new Deno.Command("tar", { args }).output();
  await Deno.remove(join(folder.path, "1.jpg"));
  expect(await contents(await open(folder.path))).toEqual({ "x.tar/1.jpg": "newer" });
});

Deno.test("shards named for parts are these parts, where all are", async () => {
  await using folder = await toyShards({
    "set-train-000.tar": { "1.jpg": "" },
    "set-val-000.tar": { "1.jpg": "" },
    "set_test.tar": { "1.jpg": "" },
  });
  expect((await open(folder.path)).parts).toEqual(["train", "validation", "test"]);
  await using other = await toyShards({
    "train-000.tar": { "1.jpg": "" },
    "more-000.tar": { "1.jpg": "" },
  });
  expect((await open(other.path)).parts).toBeNull();
});

Deno.test("without labels in it, the folders in a tar file say classes and parts, as on the disk", async () => {
  await using folder = await toyShards({
    "x.tar": { "train/cat/1.jpg": "", "train/dog/2.jpg": "", "test/cat/3.jpg": "" },
  });
  const collection = await open(join(folder.path, "x.tar"));
  expect(labelled(collection)).toEqual({
    "x.tar/test/cat/3.jpg": "cat",
    "x.tar/train/cat/1.jpg": "cat",
    "x.tar/train/dog/2.jpg": "dog",
  });
  expect(collection.parts).toEqual(["test", "train", "train"]);
});

Deno.test("a sample without a label beside labelled ones is a mistake that names it", async () => {
  await using folder = await toyShards({ "x.tar": { "1.jpg": "", "1.cls": "0", "2.jpg": "" } });
  await expect(open(folder.path)).rejects.toThrow(
    /found 1 of 2 rows without one, the first "x\.tar\/2\.jpg"/,
  );
});

const bad: readonly (readonly [name: string, content: string, message: RegExp])[] = [
  ["cut.tar", "", /it needs pictures, found no member/],
  [
    "text.tar",
    "text ".repeat(300),
    /needs a whole tar file that is not compressed, found: it has no/,
  ],
];
for (const [name, content, message] of bad) {
  Deno.test(`a shard that is none is a mistake: ${message.source}`, async () => {
    await using folder = await toyFolder({ [name]: content });
    const error = await open(join(folder.path, name)).catch((error) => error);
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(message);
  });
}

Deno.test("JSON that is none is a mistake that names the member", async () => {
  await using folder = await toyShards({ "x.tar": { "1.jpg": "", "1.json": "{" } });
  await expect(open(folder.path)).rejects.toThrow(/x\.tar: it needs JSON in "1\.json", found: /);
});
