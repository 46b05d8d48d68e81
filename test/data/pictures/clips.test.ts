import { join } from "node:path";
import { expect } from "expect";
import { planTarget } from "../../../src/data/pictures/target_plan.ts";
import { labelled, namesOf, open, picturesOf, toyFolder } from "./toy_folder.ts";

Deno.test("a folder of videos: a row each, labelled by its folder; pictures beside them are left out", async () => {
  await using folder = await toyFolder({
    ...{ "walk/b.MP4": "b", "walk/a.avi": "a", "run/c.mkv": "c" },
    ...{ "run/poster.jpg": "", "walk/notes.txt": "" },
  });
  await Deno.mkdir(join(folder.path, "jump"));
  const collection = await open(folder.path, { clips: true });
  expect(picturesOf(collection)).toEqual(
    ["run/c.mkv", "walk/a.avi", "walk/b.MP4"].map((name) => ({
      ...{ name, file: join(folder.path, name), range: null, seconds: null },
    })),
  );
  expect(collection.clips).toBe(true);
  expect(labelled(collection)).toEqual({
    ...{ "run/c.mkv": "run", "walk/a.avi": "walk", "walk/b.MP4": "walk" },
  });
  expect(collection.notes).toEqual([
    "left out, folders without a video: 1 (jump)",
    "left out, files that are no videos: 1 .jpg, 1 .txt",
  ]);
});

Deno.test("a single video, and a table of paths", async () => {
  await using folder = await toyFolder({
    ...{ "a.mp4": "a", "b.mp4": "b" },
    "videos.csv": "path,label\nb.mp4,run\na.mp4,walk\n",
  });
  const one = await open(join(folder.path, "a.mp4"), { clips: true });
  expect([namesOf(one), one.clips]).toEqual([["a.mp4"], true]);
  const table = await open(join(folder.path, "videos.csv"), { clips: true });
  expect([labelled(table), table.clips]).toEqual([{ "a.mp4": "walk", "b.mp4": "run" }, true]);
});

Deno.test("without clips a table's rows are stills, as before", async () => {
  await using folder = await toyFolder({ "a.jpg": "", "pictures.csv": "path\na.jpg\n" });
  expect((await open(join(folder.path, "pictures.csv"))).clips).toBeUndefined();
});

Deno.test("where there are no videos it says what there is", async () => {
  await using folder = await toyFolder({
    ...{ "photos/a.jpg": "", "photos/b.jpg": "", "shards/x.tar": "", "saved/state.json": "{}" },
  });
  await Deno.mkdir(join(folder.path, "none"));
  const found = (name: string) => open(join(folder.path, name), { clips: true });
  await expect(found("photos")).rejects.toThrow("it needs videos, found 2 .jpg. Give a folder of");
  await expect(found("none")).rejects.toThrow("it needs videos, found no file.");
  await expect(found("shards/x.tar")).rejects.toThrow("it needs videos, found tar shards.");
});

Deno.test("a target of videos asks for three videos of each class, and draws its parts by them", async () => {
  const videos = (count: number) =>
    Object.fromEntries(
      ["run", "walk"].flatMap((name) =>
        Array.from({ length: count }, (_, at) => [`${name}/${at}.mp4`, name])
      ),
    );
  await using few = await toyFolder(videos(2));
  const collection = await open(few.path, { clips: true });
  expect(() => planTarget("verbs", collection, 1)).toThrow("it needs 3 videos of every class");
  await using enough = await toyFolder(videos(5));
  const { parts } = planTarget("verbs", await open(enough.path, { clips: true }), 1);
  expect(parts.toSorted()).toEqual([
    ...["test", "test", ...Array(6).fill("train"), "validation", "validation"],
  ]);
});
