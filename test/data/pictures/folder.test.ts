import { join } from "node:path";
import { expect } from "expect";
import { UserError } from "../../../src/pipeline/errors.ts";
import { labelled, namesOf, open, picturesOf, toyFolder } from "./toy_folder.ts";

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0);

Deno.test("pictures are those with a picture's extension in any case, and those without one that begin as a picture", async () => {
  await using folder = await toyFolder({
    "b.JPG": "",
    "a.jpeg": "text",
    "c.Webp": "",
    hash123: jpeg,
    "no-picture": "text",
    phone: "\0\0\0\x18ftypheic\0\0\0\0mif1",
    "d.txt": jpeg,
    "e.heic": "",
    "f.mp4": "",
    Makefile: "",
  });
  const collection = await open(folder.path);
  expect(namesOf(collection)).toEqual(["a.jpeg", "b.JPG", "c.Webp", "e.heic", "hash123", "phone"]);
  expect(picturesOf(collection)[1]).toEqual({
    ...{ name: "b.JPG", file: join(await Deno.realPath(folder.path), "b.JPG") },
    ...{ range: null, seconds: null },
  });
  expect(collection.notes).toEqual([
    "left out, files that are no pictures: 2 without an extension, 1 .mp4, 1 .txt",
  ]);
});

Deno.test("names may hold newlines, quotes, emoji and any Unicode; they are sorted in code units", async () => {
  const names = [
    "a\nb.png",
    'c "d",.png',
    "\u00e9.png",
    "e\u0301.png",
    "漢/🦊.png",
    " .png",
    "Z.png",
  ];
  await using folder = await toyFolder(names);
  const collection = await open(folder.path);
  expect(namesOf(collection)).toEqual(names.toSorted());
  for (const { name, file } of picturesOf(collection)) {
    expect(await Deno.readTextFile(file)).toBe(name);
  }
});

Deno.test("what is hidden is left out and told: .ipynb_checkpoints, .git, __MACOSX, ._ files", async () => {
  await using folder = await toyFolder([
    "cat/1.jpg",
    "cat/.ipynb_checkpoints/1-checkpoint.jpg",
    ".git/objects/2.jpg",
    "__MACOSX/cat/1.jpg",
    "cat/._1.jpg",
  ]);
  const collection = await open(folder.path);
  expect(namesOf(collection)).toEqual(["cat/1.jpg"]);
  expect(collection.notes).toEqual([
    "left out, hidden files and folders: 4 (.git, __MACOSX, cat/._1.jpg, ...)",
  ]);
});

Deno.test("links are followed, out of the folder too, and what they lead to is found once", async () => {
  await using outside = await toyFolder(["set/1.jpg", "set/deep/2.jpg", "3.jpg"]);
  await using folder = await toyFolder(["own/0.jpg"]);
  const at = (name: string) => join(folder.path, name);
  await Deno.symlink(join(outside.path, "set"), at("b-linked"));
  await Deno.symlink(join(outside.path, "set"), at("a-linked"));
  await Deno.symlink(join(outside.path, "3.jpg"), at("own/3.jpg"));
  await Deno.symlink(join(outside.path, "3.jpg"), at("own/again.jpg"));
  await Deno.symlink(join(outside.path, "set/1.jpg"), at("own/first.jpg"));
  await Deno.symlink("0.jpg", at("own/zero.jpg"));
  const collection = await open(folder.path);
  expect(namesOf(collection)).toEqual([
    "a-linked/1.jpg",
    "a-linked/deep/2.jpg",
    "own/0.jpg",
    "own/3.jpg",
  ]);
  expect(collection.notes).toEqual([
    "left out, folders met twice by symbolic links: 1 (b-linked)",
    "left out, files met twice by symbolic links: 3 (own/again.jpg, own/first.jpg, own/zero.jpg)",
  ]);
});

Deno.test("links that lead round in a circle, up, or nowhere end", async () => {
  await using folder = await toyFolder(["a/b/1.jpg"]);
  const link = (to: string, name: string) => Deno.symlink(to, join(folder.path, name));
  await link("..", "a/b/up");
  await link("../../..", "a/out");
  await link("self.jpg", "self.jpg");
  await link("gone.jpg", "a/gone.jpg");
  const collection = await open(folder.path);
  expect(namesOf(collection)).toEqual(["a/b/1.jpg"]);
  expect(collection.notes).toEqual([
    "left out, symbolic links that lead nowhere: 2 (self.jpg, a/gone.jpg)",
    "left out, folders met twice by symbolic links: 2 (a/b/up, a/out)",
  ]);
});

Deno.test("a link to a blob without a picture's name is the picture, as tools for large files keep them", async () => {
  await using folder = await toyFolder({ "store/12ab.blob": jpeg, ".cache/34cd": jpeg });
  await Deno.mkdir(join(folder.path, "cat"));
  await Deno.symlink("../store/12ab.blob", join(folder.path, "cat/1.jpg"));
  await Deno.symlink("../.cache/34cd", join(folder.path, "cat/2.jpg"));
  expect(namesOf(await open(folder.path))).toEqual(["cat/1.jpg", "cat/2.jpg"]);
});

Deno.test("a folder that is itself a link, and one that is named with a slash", async () => {
  await using folder = await toyFolder(["set/cat/1.jpg"]);
  await Deno.symlink("set", join(folder.path, "link"));
  expect(namesOf(await open(join(folder.path, "link/")))).toEqual(["cat/1.jpg"]);
  expect((await open(join(folder.path, "set/"))).title).toBe("set");
});

Deno.test("pipes are left out, and so are names that are no UTF-8", async () => {
  await using folder = await toyFolder(["1.jpg"]);
  await new Deno.Command("mkfifo", { args: [join(folder.path, "pipe.jpg")] }).output();
  await new Deno.Command("bash", { args: ["-c", `touch "${folder.path}/"$'\\xff.jpg'`] }).output();
  const collection = await open(folder.path);
  expect(namesOf(collection)).toEqual(["1.jpg"]);
  expect(collection.notes).toEqual([
    "left out, pipes, sockets and devices: 1 (pipe.jpg)",
    "left out, files that are gone, or whose names are no UTF-8: 1 (\ufffd.jpg)",
  ]);
});

Deno.test("folders without a picture are told, the uppermost only", async () => {
  await using folder = await toyFolder(["cat/1.jpg", "notes/a.txt"]);
  for (const empty of ["dog/puppy", "cat/more/none", "bird"]) {
    await Deno.mkdir(join(folder.path, empty), { recursive: true });
  }
  expect((await open(folder.path)).notes).toEqual([
    "left out, folders without a picture: 4 (bird, cat/more, dog, ...)",
    "left out, files that are no pictures: 1 .txt",
  ]);
});

Deno.test("the first folder is the class, however deep the picture lies", async () => {
  await using folder = await toyFolder(["cat/1.jpg", "cat/old/2.jpg", "dog/1.jpg"]);
  const collection = await open(folder.path);
  expect(labelled(collection)).toEqual({
    ...{ "cat/1.jpg": "cat", "cat/old/2.jpg": "cat", "dog/1.jpg": "dog" },
  });
  expect(collection.parts).toBeNull();
});

Deno.test("pictures beside the folders leave all without labels, which is told; a flat folder has none", async () => {
  await using mixed = await toyFolder(["cat/1.jpg", "dog/1.jpg", "0.jpg"]);
  const { labels, notes } = await open(mixed.path);
  expect(labels).toBeNull();
  expect(notes).toEqual([
    'no labels: 1 of 3 pictures lie in no folder of a class, the first is "0.jpg"',
  ]);
  await using flat = await toyFolder(["1.jpg", "2.jpg"]);
  expect(await open(flat.path)).toMatchObject({ labels: null, parts: null, notes: [] });
});

Deno.test("folders named as parts are the parts, and the folders in them the classes", async () => {
  await using folder = await toyFolder([
    "Train/cat/1.jpg",
    "Train/dog/2.jpg",
    "val/cat/3.jpg",
    "test/dog/deep/4.jpg",
  ]);
  const collection = await open(folder.path);
  expect(collection.parts).toEqual(["train", "train", "test", "validation"]);
  expect(labelled(collection)).toEqual({
    "Train/cat/1.jpg": "cat",
    "Train/dog/2.jpg": "dog",
    "test/dog/deep/4.jpg": "dog",
    "val/cat/3.jpg": "cat",
  });
});

Deno.test("a test part without folders of classes leaves all without labels", async () => {
  await using folder = await toyFolder(["train/cat/1.jpg", "test/2.jpg"]);
  const { labels, parts } = await open(folder.path);
  expect([labels, parts]).toEqual([null, ["test", "train"]]);
});

Deno.test("a class may be called train: it is a part only beside another part, and if all folders are parts", async () => {
  await using vehicles = await toyFolder(["train/1.jpg", "bus/2.jpg"]);
  expect(await open(vehicles.path)).toMatchObject({
    parts: null,
    labels: { names: ["bus", "train"] },
  });
  await using alone = await toyFolder(["train/1.jpg"]);
  expect(await open(alone.path)).toMatchObject({ parts: null, labels: { names: ["train"] } });
});

Deno.test("classes that are numbers are in the order of the numbers", async () => {
  await using folder = await toyFolder(["10/1.jpg", "9/1.jpg", "100/1.jpg"]);
  expect((await open(folder.path)).labels?.names).toEqual(["9", "10", "100"]);
});

Deno.test("the fingerprint is that of names, lengths and times: not of the place, and not of what is left out", async () => {
  const files = { "a.jpg": "1", "b/c.jpg": "22" };
  await using one = await toyFolder(files);
  await using two = await toyFolder({ ...files, "readme.txt": "more" });
  const { fingerprint } = await open(one.path);
  expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
  expect((await open(two.path)).fingerprint).toBe(fingerprint);
  await Deno.writeTextFile(join(two.path, "a.jpg"), "2");
  const changed = await open(two.path);
  await Deno.utime(join(two.path, "a.jpg"), 1e9, 1e9);
  expect(changed.fingerprint).not.toBe(fingerprint);
  expect((await open(two.path)).fingerprint).toBe(fingerprint); // nothing tells them apart
  await Deno.writeTextFile(join(two.path, "a.jpg"), "longer");
  await Deno.utime(join(two.path, "a.jpg"), 1e9, 1e9);
  expect((await open(two.path)).fingerprint).not.toBe(fingerprint);
  await Deno.rename(join(one.path, "a.jpg"), join(one.path, "z.jpg"));
  expect((await open(one.path)).fingerprint).not.toBe(fingerprint);
});

Deno.test("a folder without pictures is a mistake that says what is in it", async () => {
  await using folder = await toyFolder(["a.txt", "b.txt", "c.svgz", ".hidden.jpg"]);
  const error = await open(folder.path).catch((error) => error);
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toBe(
    `Cannot open ${folder.path}: it needs pictures, found 2 .txt, 1 .svgz; left out, hidden files ` +
      "and folders: 1 (.hidden.jpg). Give the folder that they lie in.",
  );
  await using empty = await toyFolder([]);
  await expect(open(empty.path)).rejects.toThrow("it needs pictures, found no file.");
});

Deno.test("of many kinds of other files the commonest are told; links to them need no word", async () => {
  const others = ["a", "b", "c", "d", "e", "f", "g"].map((end) => `x.${end}`);
  await using folder = await toyFolder(["1.jpg", "y.g", "Makefile", ...others]);
  await Deno.symlink("Makefile", join(folder.path, "makefile"));
  expect((await open(folder.path)).notes).toEqual([
    "left out, files that are no pictures: 2 .g, 1 without an extension, 1 .a, 1 .b, 1 .c, 1 .d, ...",
  ]);
});

Deno.test("a folder that may not be read is a mistake, and nothing is left out in silence", async () => {
  await using folder = await toyFolder(["open/1.jpg", "closed/2.jpg"]);
  const closed = join(folder.path, "closed");
  await Deno.chmod(closed, 0o000);
  const asRoot = await Array.fromAsync(Deno.readDir(closed)).then(() => true, () => false);
  const opened = open(folder.path);
  if (asRoot) expect(namesOf(await opened)).toContain("closed/2.jpg"); // nothing is closed to root
  else await expect(opened).rejects.toThrow(UserError);
  await Deno.chmod(closed, 0o700);
});

Deno.test("an abort stops it with its reason", async () => {
  await using folder = await toyFolder(["1.jpg"]);
  const reason = new Error("stopped by hand");
  await expect(open(folder.path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
