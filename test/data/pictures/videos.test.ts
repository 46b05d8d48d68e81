import { join } from "node:path";
import { expect } from "expect";
import { extrasOfCollection } from "../../../src/data/pictures/open.ts";
import { videoOf } from "../../../src/data/pictures/videos.ts";
import type { Engine } from "../../../src/engine/engine.ts";
import { labelled, namesOf, open, picturesOf, toyFolder } from "./toy_folder.ts";

/** Videos whose length in seconds is what their file holds. */
const containers: Engine["containers"] = {
  digits: () => Promise.reject(new Error("there are none here")),
  arrowImages: () => Promise.reject(new Error("no Arrow files")),
  videoDurations: (paths) =>
    Promise.all(paths.map(async (path) => {
      const text = await Deno.readTextFile(path);
      return text === "broken" ? null : Number(text);
    })),
};
const engine = () => Promise.resolve({ containers });
const { signal } = new AbortController();

Deno.test("a folder of videos: a frame each second from the first on, in the order of time", async () => {
  await using folder = await toyFolder({
    "walk/b.MP4": "11.2",
    "walk/a.avi": "2",
    "run/c.mkv": "0.4",
  });
  const collection = await open(folder.path, { engine });
  expect(namesOf(collection).slice(0, 4)).toEqual([
    "run/c.mkv#t=00000.000",
    "walk/a.avi#t=00000.000",
    "walk/a.avi#t=00001.000",
    "walk/b.MP4#t=00000.000",
  ]);
  expect(picturesOf(collection).length).toBe(1 + 2 + 12);
  expect(picturesOf(collection).at(-1)).toEqual({
    ...{ name: "walk/b.MP4#t=00011.000", file: join(folder.path, "walk/b.MP4") },
    ...{ range: null, seconds: 11 },
  });
  expect(labelled(collection)).toMatchObject({ "walk/a.avi#t=00001.000": "walk" });
  expect(collection.notes).toEqual(["videos: 3, with a frame each 1 s: 15"]);
  expect(await extrasOfCollection(folder.path, signal)).toEqual(["av"]);
});

Deno.test("another interval gives other frames and another fingerprint", async () => {
  await using folder = await toyFolder({ "a.mp4": "1" });
  const each = async (interval: number) => {
    const collection = await open(folder.path, { engine, interval });
    const seconds = picturesOf(collection).map(({ seconds }) => seconds);
    return { seconds, fingerprint: collection.fingerprint };
  };
  const [half, second] = [await each(0.5), await each(1)];
  expect(half.seconds).toEqual([0, 0.5]);
  expect(second.seconds).toEqual([0]);
  expect(half.fingerprint).not.toBe(second.fingerprint);
  expect((await each(1)).fingerprint).toBe(second.fingerprint);
});

Deno.test("a video that cannot be read has one frame, for the index to say why", async () => {
  await using folder = await toyFolder({ "a.mp4": "broken" });
  expect(namesOf(await open(folder.path, { engine }))).toEqual(["a.mp4#t=00000.000"]);
});

Deno.test("a single video; videos beside pictures are left out, and need no extra", async () => {
  await using folder = await toyFolder({ "a.mp4": "2", "b.jpg": "" });
  expect(namesOf(await open(join(folder.path, "a.mp4"), { engine }))).toHaveLength(2);
  expect(await extrasOfCollection(join(folder.path, "a.mp4"), signal)).toEqual(["av"]);
  expect(namesOf(await open(folder.path))).toEqual(["b.jpg"]);
  expect(await extrasOfCollection(folder.path, signal)).toEqual([]);
});

Deno.test("the video of a frame is all before its time, whatever its own name", () => {
  expect(videoOf("a#t=1.mp4#t=00012.000")).toBe("a#t=1.mp4");
});
