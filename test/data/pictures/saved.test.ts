/** Data sets as `save_to_disk` of the package datasets (5.2) writes them: an Arrow stream and two JSON files. */
import { join } from "node:path";
import { expect } from "expect";
import type { Engine } from "../../../src/engine/engine.ts";
import type { ArrowImages } from "../../../src/engine/engine.ts";
import { extrasOfCollection } from "../../../src/data/pictures/open.ts";
import { labelled, namesOf, open, picturesOf, toyFolder } from "./toy_folder.ts";

const image = { _type: "Image" };
const classes = { _type: "ClassLabel", names: ["tench, Tinca", "goldfish"] };

/** The files of one set. What the Arrow files hold is known to the toy engine alone. */
function savedSet(at: string, features: object, arrows = ["data-00000-of-00001.arrow"]) {
  return {
    [join(at, "dataset_info.json")]: JSON.stringify({ features, citation: "" }),
    [join(at, "state.json")]: JSON.stringify({
      _data_files: arrows.map((filename) => ({ filename })),
      _fingerprint: "1",
    }),
    ...Object.fromEntries(arrows.map((arrow) => [join(at, arrow), "arrow"])),
  };
}

/** Finds these rows in each Arrow file, and keeps what it was asked for. */
function toyContainers(rows: Partial<ArrowImages> & { readonly paths: ArrowImages["paths"] }) {
  const asked: unknown[] = [];
  const containers: Engine["containers"] = {
    digits: () => Promise.reject(new Error("there are none here")),
    videoDurations: () => Promise.reject(new Error("no videos")),
    arrowImages(path, columns) {
      asked.push([path.split("/").at(-1), columns]);
      const ones = rows.paths.map((_, row) => 100 * row);
      return Promise.resolve({ offsets: ones, lengths: ones.map(() => 7), labels: null, ...rows });
    },
  };
  return { asked, engine: () => Promise.resolve({ containers }) };
}

Deno.test("rows are ranges of bytes of the Arrow files, named by their number; labels have their names", async () => {
  const arrows = ["data-00000-of-00002.arrow", "data-00001-of-00002.arrow"];
  await using folder = await toyFolder(savedSet("", { label: classes, image, id: {} }, arrows));
  const { engine, asked } = toyContainers({ paths: [null, "x.jpg"], labels: [1, 0] });
  const collection = await open(folder.path, { engine });
  expect(namesOf(collection)).toEqual(["00000000", "00000001", "00000002", "00000003"]);
  expect(picturesOf(collection)[3]).toEqual({
    ...{ name: "00000003", file: join(folder.path, arrows[1]!) },
    ...{ range: { offset: 100, bytes: 7 }, seconds: null },
  });
  expect(collection.labels).toEqual({
    ...{ kind: "single", names: ["goldfish", "tench, Tinca"], labels: [0, 1, 0, 1] },
  });
  expect(asked).toEqual(arrows.map((arrow) => [arrow, { image: "image", label: "label" }]));
  expect(await extrasOfCollection(folder.path, new AbortController().signal)).toEqual(["arrow"]);
});

Deno.test("a dictionary of splits: names begin with the split, which is the part", async () => {
  await using folder = await toyFolder({
    "dataset_dict.json": '{"splits": ["train", "test"]}',
    ...savedSet("train", { image }),
    ...savedSet("test", { image }),
  });
  const { engine } = toyContainers({ paths: [null, null] });
  const collection = await open(folder.path, { engine });
  expect(namesOf(collection)).toEqual([
    ...["test/00000000", "test/00000001", "train/00000000", "train/00000001"],
  ]);
  expect(collection.parts).toEqual(["test", "test", "train", "train"]);
  expect(collection.labels).toBeNull();
});

Deno.test("a picture in a file of its own, one that is missing, lists of labels, and another column's name", async () => {
  const features = { img: image, more: { _type: "List", feature: classes }, fine: classes };
  await using folder = await toyFolder(savedSet("", { ...features, tags: features.more }));
  const { engine, asked } = toyContainers({
    ...{ offsets: [-1, -1, 5], lengths: [0, 0, 7] },
    paths: ["own/a.jpg", null, null],
    labels: [[0, 1], [], []],
  });
  const collection = await open(folder.path, { engine });
  expect(picturesOf(collection)).toEqual([
    { name: "00000000", file: join(folder.path, "own/a.jpg"), range: null, seconds: null },
    {
      ...{ name: "00000002", file: join(folder.path, "data-00000-of-00001.arrow") },
      ...{ range: { offset: 5, bytes: 7 }, seconds: null },
    },
  ]);
  expect(labelled(collection)).toEqual({
    "00000000": ["goldfish", "tench, Tinca"],
    "00000002": [],
  });
  expect(asked).toMatchObject([[{}, { image: "img", label: "tags" }]].map(([, columns]) => [
    expect.any(String),
    columns,
  ]));
  expect(collection.notes).toEqual(["left out, rows without a picture: 1 (00000001)"]);
  await Deno.mkdir(join(folder.path, "own"));
  await Deno.writeTextFile(join(folder.path, "own/a.jpg"), "there now");
  expect((await open(folder.path, { engine })).fingerprint).not.toBe(collection.fingerprint);
});

Deno.test("a ClassLabel of any name is the label; -1 in some rows leaves all without, which is told", async () => {
  await using folder = await toyFolder(savedSet("", { image, fine: classes }));
  const { engine } = toyContainers({ paths: [null, null], labels: [1, -1] });
  const collection = await open(folder.path, { engine });
  expect(collection.labels).toBeNull();
  expect(collection.notes).toEqual(["no labels: 1 of 2 rows have none, the first is 00000001"]);
});

Deno.test("a set without pictures names its columns; files that are no set's say which", async () => {
  await using text = await toyFolder(savedSet("", { text: { _type: "Value" }, label: classes }));
  const { engine } = toyContainers({ paths: [] });
  await expect(open(text.path, { engine })).rejects.toThrow(
    /needs a column of the type Image, found text \(Value\), label \(ClassLabel\)\. Cast/,
  );
  await using broken = await toyFolder({ "dataset_info.json": "{}", "state.json": "{}" });
  await expect(open(broken.path, { engine })).rejects.toThrow(
    /dataset_info\.json: it needs to be as the package datasets saves it, found: /,
  );
});
