import { expect } from "expect";
import { clipWorld } from "../../src/data/clips/world.ts";
import { takeImages, takeLabels } from "../../src/data/subset_stages.ts";
import { StageRun } from "../method/stages/stage_run.ts";
import { toyWorld } from "./icons/toy_run.ts";

/** Of the label "c" three rows, of "a" two. */
const labels = { names: ["a", "b", "c"], labels: [2, 0, 2, 1, 2, 0] };
const config = { labels: 2, rows: 5, seed: 1, versions: {} };
/** Row r is two frames of one pixel, each byte r. */
const clips = {
  ...{ frames: 2, height: 1, width: 1 },
  pixels: Uint8Array.from({ length: 6 * 6 }, (_, at) => Math.floor(at / 6)),
};

Deno.test("takeImages copies the rows that have one of the commonest labels, with their sources and frames", async () => {
  await using stage = await StageRun.open();
  const sources = ["s:0", "s:1", "s:2", "s:3", "s:4", "s:5"];
  const { files } = await stage.run(takeImages, config, {
    data: await stage.dataset("Clips", sources, clips),
    labels: await stage.labels("Hashtags", labels),
  });
  expect(files).toEqual(["images.safetensors", "dataset.json"]);
  expect(await stage.values("images.safetensors", "images")).toEqual(
    [0, 1, 2, 4, 5].flatMap((row) => Array.from({ length: 6 }, () => row)),
  );
  expect(await stage.json("dataset.json")).toEqual({
    ...{ title: "Clips", rows: 5, frames: 2, sources: ["s:0", "s:1", "s:2", "s:4", "s:5"] },
  });
});

Deno.test("takeLabels gives those rows their labels, as classes of their own", async () => {
  await using stage = await StageRun.open();
  const { files } = await stage.run(takeLabels, config, {
    labels: await stage.labels("Hashtags", labels),
  });
  expect(files).toEqual(["labels.safetensors", "labels.json"]);
  expect(await stage.values("labels.safetensors", "labels")).toEqual([1, 0, 1, 1, 0]);
  expect(await stage.json("labels.json")).toEqual({
    ...{ title: "Hashtags", kind: "single", rows: 5, classes: 2, names: ["a", "c"] },
  });
});

Deno.test("takeLabels draws one label of rows that have several, and leaves out what has none", async () => {
  await using stage = await StageRun.open();
  const several = await stage.tags("Words", {
    names: ["a", "b", "c"],
    labels: [[], [0], [1, 2], [], [2]],
    difficult: [[0], [], [], [1], []],
  });
  await stage.run(takeLabels, { ...config, labels: null, rows: 3 }, { labels: several });
  const [first, second, third] = await stage.values("labels.safetensors", "labels");
  expect([first, third]).toEqual([0, 2]);
  expect([1, 2]).toContain(second);
  expect(await stage.json("labels.json")).toMatchObject({ kind: "single", rows: 3, classes: 3 });
});

Deno.test("both stages draw the same rows where they do not take all", async () => {
  await using images = await StageRun.open();
  await using few = await StageRun.open();
  const some = { ...config, rows: 3, seed: 4 };
  await images.run(takeImages, some, {
    data: await images.dataset("Rows", labels.labels.map((label, row) => `${label}:${row}`)),
    labels: await images.labels("Hashtags", labels),
  });
  await few.run(takeLabels, some, { labels: await few.labels("Hashtags", labels) });
  const { sources } = await images.json("dataset.json") as { sources: string[] };
  const names = [0, 2]; // what the classes of the subset are in the whole
  expect(sources.map((source) => Number(source[0]))).toEqual(
    (await few.values("labels.safetensors", "labels")).map((label) => names[label]),
  );
});

Deno.test("a subset of the icon world stands on its images and hashtags, and has what decides it in its key", () => {
  const world = toyWorld({ versions: { safetensors: "1" } });
  const of = "hashtags";
  const { data, labels } = world.subset!({ of, labels: 10, rows: 60 });
  expect(data.inputs).toEqual({ data: world.data, labels: world.labels[of] });
  expect(labels.inputs).toEqual({ labels: world.labels[of] });
  const config = { labels: 10, rows: 60, seed: 1, versions: { safetensors: "1" } };
  expect([data.config, labels.config]).toEqual([config, config]);
  const ids = [
    ...[{ of, labels: 10, rows: 60 }, { of, labels: 30, rows: 60 }, { of, labels: 10, rows: 61 }],
    { of, labels: null, rows: 60 },
  ].flatMap((options) => Object.values(world.subset!(options)).map(({ id }) => id));
  expect(new Set(ids).size).toBe(8);
  expect(() => world.subset!({ of: "verbs", labels: 10, rows: 60 })).toThrow(
    'Cannot take rows by "verbs": the data set has no such labels.',
  );
});

Deno.test("a subset of the world of clips stands on its clips and the labels asked for", () => {
  const { data, labels, subset } = clipWorld({
    ...{ images: 60, names: null, targetSize: null, versions: {} },
  });
  const part = subset!({ of: "verbs", labels: null, rows: 6 });
  expect(part.data.inputs).toEqual({ data, labels: labels["verbs"] });
  expect(part.labels.inputs).toEqual({ labels: labels["verbs"] });
});
