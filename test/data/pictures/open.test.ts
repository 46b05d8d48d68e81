import { join } from "node:path";
import { expect } from "expect";
import { extrasOfCollection } from "../../../src/data/pictures/open.ts";
import { UserError } from "../../../src/pipeline/errors.ts";
import { namesOf, open, toyFolder } from "./toy_folder.ts";

const { signal } = new AbortController();

Deno.test("what is none of the kinds lists them, and what was found", async () => {
  await using folder = await toyFolder(["a.zip", "b.jpg", "c"]);
  const messageOf = async (name: string) => {
    const error = await open(join(folder.path, name)).catch((error) => error);
    expect(error).toBeInstanceOf(UserError);
    return error.message;
  };
  const kinds =
    /it needs a folder of pictures, videos or tar shards, a table of paths \(\.csv, .*saved/;
  for (const name of ["a.zip", "b.jpg", "c", "gone", "gone.csv"]) {
    expect(await messageOf(name)).toMatch(kinds);
  }
  expect(await messageOf("a.zip")).toContain('found a file "a.zip".');
  expect(await messageOf("b.jpg")).toContain("found a single picture.");
  expect(await messageOf("gone")).toContain("found nothing of that name.");
  await expect(extrasOfCollection(join(folder.path, "gone"), signal)).rejects.toThrow(UserError);
});

Deno.test("~/ is the user's own folder, also where the shell left it", async () => {
  await using home = await toyFolder(["photos/1.jpg"]);
  const before = Deno.env.get("HOME");
  Deno.env.set("HOME", home.path);
  try {
    const collection = await open("~/photos");
    expect(namesOf(collection)).toEqual(["1.jpg"]);
    expect(collection).toMatchObject({ title: "photos", given: "~/photos" });
  } finally {
    if (before === undefined) Deno.env.delete("HOME");
    else Deno.env.set("HOME", before);
  }
});

Deno.test("tables, shards and folders of pictures need no extra", async () => {
  await using folder = await toyFolder({ "t.csv": "path\n1.jpg\n", "s/x.tar": "", "p/1.jpg": "" });
  for (const name of ["t.csv", "s", "s/x.tar", "p"]) {
    expect(await extrasOfCollection(join(folder.path, name), signal)).toEqual([]);
  }
});
