import { expect } from "expect";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeFolder } from "../../src/export/folder.ts";

async function inFolder(test: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await test(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const names = async (dir: string) =>
  (await Array.fromAsync(Deno.readDir(dir))).map(({ name }) => name).sort();

const writing = (text: string) => async (dir: string) => {
  await Deno.writeTextFile(join(dir, "a.txt"), text);
  await Deno.mkdir(join(dir, "in"));
  await Deno.writeTextFile(join(dir, "in", "b.txt"), text);
};

Deno.test("an export lists its files with their hashes", () =>
  inFolder(async (dir) => {
    const out = join(dir, "new", "out");
    await writeFolder(out, { run: "r" }, writing("one"));
    expect(await names(out)).toEqual(["a.txt", "export.json", "in"]);
    expect(await names(join(dir, "new"))).toEqual(["out"]);
    const sha256 = createHash("sha256").update("one").digest("hex");
    expect(JSON.parse(await Deno.readTextFile(join(out, "export.json")))).toEqual({
      ...{ schema: 1, run: "r" },
      files: { "a.txt": { sha256, bytes: 3 }, "in/b.txt": { sha256, bytes: 3 } },
    });
  }));

Deno.test("an earlier export is replaced as a whole", () =>
  inFolder(async (dir) => {
    const out = join(dir, "out");
    await writeFolder(out, {}, writing("one"));
    await writeFolder(out, {}, (partial) => Deno.writeTextFile(join(partial, "c.txt"), "two"));
    expect(await names(out)).toEqual(["c.txt", "export.json"]);
  }));

Deno.test("a folder with a file of somebody's own is refused and kept", () =>
  inFolder(async (dir) => {
    const out = join(dir, "out");
    await writeFolder(out, {}, writing("one"));
    await Deno.writeTextFile(join(out, "in", "notes.txt"), "mine");
    await expect(writeFolder(out, {}, writing("two"))).rejects.toThrow(
      "found in/notes.txt in it. Give another --out, or move that away.",
    );
    expect(await Deno.readTextFile(join(out, "a.txt"))).toBe("one");
    const other = join(dir, "other");
    await Deno.mkdir(other);
    await Deno.writeTextFile(join(other, "export.json"), '{"files": {"x": 1}}');
    await Deno.writeTextFile(join(other, "x"), "mine");
    await expect(writeFolder(other, {}, writing("two"))).rejects.toThrow("found x in it");
  }));

Deno.test("a file in the place of the folder is refused", () =>
  inFolder(async (dir) => {
    const out = join(dir, "out");
    await Deno.writeTextFile(out, "mine");
    await expect(writeFolder(out, {}, writing("two"))).rejects.toThrow("Cannot write the folder");
    expect(await Deno.readTextFile(out)).toBe("mine");
  }));

Deno.test("what fails on the way leaves what was there, and nothing beside it", () =>
  inFolder(async (dir) => {
    const out = join(dir, "out");
    await writeFolder(out, {}, writing("one"));
    const failing = writeFolder(out, {}, async (partial) => {
      await Deno.writeTextFile(join(partial, "a.txt"), "two");
      throw new Error("no more");
    });
    await expect(failing).rejects.toThrow("no more");
    expect(await Deno.readTextFile(join(out, "a.txt"))).toBe("one");
    expect(await names(dir)).toEqual(["out"]);
  }));

Deno.test("what a killed export left is not in the next one", () =>
  inFolder(async (dir) => {
    const partial = join(dir, ".out.partial");
    await Deno.mkdir(partial);
    await Deno.writeTextFile(join(partial, "half.txt"), "half");
    await Deno.writeTextFile(join(partial, "lock"), "1");
    await writeFolder(join(dir, "out"), {}, writing("one"));
    expect(await names(join(dir, "out"))).toEqual(["a.txt", "export.json", "in"]);
    expect(await names(dir)).toEqual(["out"]);
  }));

Deno.test("two exports do not write one folder at once", () =>
  inFolder(async (dir) => {
    const out = join(dir, "out");
    await writeFolder(out, {}, async (partial) => {
      await writing("one")(partial);
      await expect(writeFolder(out, {}, writing("two"))).rejects.toThrow(
        "found another export that writes there",
      );
    });
    expect(await Deno.readTextFile(join(out, "a.txt"))).toBe("one");
  }));
