import { expect } from "expect";
import { join } from "node:path";
import { exactly } from "../../../src/data/published/amount.ts";
import { publishedCollection } from "../../../src/data/published/collection.ts";
import { kinetics } from "../../../src/data/published/kinetics.ts";
import { somethingSomethingV1 } from "../../../src/data/published/something_something_v1.ts";
import { voc07 } from "../../../src/data/published/voc07.ts";
import { Notes } from "../../../src/data/pictures/notes.ts";
import { picturesOf, toyFolder } from "../pictures/toy_folder.ts";

const options = {
  ...{
    signal: new AbortController().signal,
    read: { interval: 0.5 },
    subset: false,
    notes: new Notes(),
  },
  engine: () =>
    Promise.resolve({
      containers: {
        videoDurations: (paths: readonly string[]) => Promise.resolve(paths.map(() => 1)),
      } as never,
    }),
};
Deno.test("VOC07: classes that are difficult are no labels, and are kept apart", async () => {
  const sets = "ImageSets/Main";
  await using folder = await toyFolder({
    ...{ "JPEGImages/000001.jpg": "", "JPEGImages/000002.jpg": "" },
    ...{ [`${sets}/cat_trainval.txt`]: "000002 0\n", [`${sets}/dog_trainval.txt`]: "000002 1\n" },
    ...{ [`${sets}/cat_test.txt`]: "000001 1\n", [`${sets}/dog_test.txt`]: "000001 -1\n" },
  });
  const collection = await publishedCollection(voc07, folder.path, {
    ...options,
    size: { classes: 2, train: exactly(1), evaluation: exactly(1) },
  });
  const { labels, parts } = collection;
  expect(picturesOf(collection)).toEqual([1, 2].map((number) => {
    const name = `JPEGImages/00000${number}.jpg`;
    return { name, file: join(folder.path, name), range: null, seconds: null };
  }));
  expect(labels).toEqual({
    ...{ kind: "multi", names: ["cat", "dog"], labels: [[0], [1]], difficult: [[], [0]] },
  });
  expect(parts).toEqual(["test", "train"]);
});

Deno.test("videos are frames, each with the label and the part of its video", async () => {
  await using folder = await toyFolder({
    "train.csv": "label,youtube_id,time_start,time_end\nrun,b,0,10\n",
    "val.csv": "label,youtube_id,time_start,time_end\njump,a,0,10\n",
    ...{ "a.mp4": "", "b.mp4": "" },
  });
  const { names, labels, parts } = await publishedCollection(kinetics, folder.path, {
    ...options,
    subset: true,
  });
  expect(names).toEqual([
    ...["a.mp4#t=00000.000", "a.mp4#t=00000.500", "b.mp4#t=00000.000", "b.mp4#t=00000.500"],
  ]);
  expect(labels).toEqual({ kind: "single", names: ["jump", "run"], labels: [0, 0, 1, 1] });
  expect(parts).toEqual(["validation", "validation", "train", "train"]);
});

Deno.test("of a folder of frames, 12 a second, one each interval is taken; they share their origin", async () => {
  const frames = Array.from({ length: 14 }, (_, at) => String(at + 1).padStart(5, "0"));
  await using folder = await toyFolder({
    "something-something-v1-train.csv": "7;Holding something\n",
    "something-something-v1-validation.csv": "",
    ...Object.fromEntries(
      frames.map((frame) => [`20bn-something-something-v1/7/${frame}.jpg`, ""]),
    ),
  });
  const { names, videoOf, parts } = await publishedCollection(somethingSomethingV1, folder.path, {
    ...options,
    size: { classes: 1, train: exactly(1), evaluation: exactly(0) },
  });
  const video = "20bn-something-something-v1/7";
  expect(names).toEqual(
    ["00001", "00007", "00013"].map((frame) => `${video}/${frame}.jpg`),
  );
  expect([0, 1, 2].map((row) => videoOf!(row))).toEqual([video, video, video]);
  expect(parts).toEqual(["train", "train", "train"]);
});

Deno.test("as whole videos: a row each, a file or a folder of frames", async () => {
  await using folder = await toyFolder({
    "train.csv": "label,youtube_id,time_start,time_end\nrun,b,0,10\n",
    "val.csv": "label,youtube_id,time_start,time_end\njump,a,0,10\n",
    ...{ "a.mp4": "", "b.mp4": "" },
    "something-something-v1-train.csv": "7;Holding something\n",
    "something-something-v1-validation.csv": "",
    "20bn-something-something-v1/7/00001.jpg": "",
  });
  const whole = { ...options, read: "clips", subset: true } as const;
  const files = await publishedCollection(kinetics, folder.path, whole);
  expect(picturesOf(files).map(({ file }) => file)).toEqual(
    ["a.mp4", "b.mp4"].map((name) => join(folder.path, name)),
  );
  expect(files.clips).toBe(true);
  expect(files.labels).toEqual({ kind: "single", names: ["jump", "run"], labels: [0, 1] });
  expect(files.parts).toEqual(["validation", "train"]);
  const frames = await publishedCollection(somethingSomethingV1, folder.path, whole);
  expect(picturesOf(frames).map(({ file }) => file)).toEqual([
    join(folder.path, "20bn-something-something-v1/7"),
  ]);
  expect(frames.clips).toBe(true);
});

Deno.test("of pictures no clips are read", async () => {
  await using folder = await toyFolder({});
  await expect(publishedCollection(voc07, folder.path, { ...options, read: "clips" })).rejects
    .toThrow("Cannot read clips of VOC07: it needs videos, found pictures.");
});
