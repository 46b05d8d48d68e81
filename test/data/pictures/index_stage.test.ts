import { expect } from "expect";
import { type Collection, piecesOf } from "../../../src/data/pictures/collection.ts";
import {
  type IndexConfig,
  indexNode,
  type IndexOptions,
  indexPictures,
} from "../../../src/data/pictures/index_stage.ts";
import type { Indexed, Piece } from "../../../src/engine/engine.ts";
import { UserError } from "../../../src/pipeline/errors.ts";
import { onePixel } from "../../method/fake_engine.ts";
import { StageRun } from "../../method/stages/stage_run.ts";
import { toyCollection, toyNames } from "./toy_collection.ts";

const options: IndexOptions = {
  decoding: { side: 256, interpolation: "bilinear" },
  pack: true,
  maxBad: 0.1,
  versions: { pillow: "1" },
};

const configOf = (collection: Collection, given: Partial<IndexOptions> = {}) =>
  indexNode(collection, { ...options, ...given }, { id: "photos", title: "Index photos" })
    .config as IndexConfig;

/** Every 20th picture is bad, and picture 7 has the bytes of picture 3. */
function decode(piece: Piece): Indexed {
  const number = Number(piece.file.slice(-8, -4));
  if (number % 20 === 19) return { reason: number % 40 === 39 ? "it is empty" : "it is cut off" };
  const found = onePixel(number === 7 ? { ...piece, file: "/photos/0003.png" } : piece);
  return number === 5 ? { ...found, format: "GIF", note: "first of 3 frames" } : found;
}

const lines = async (stage: StageRun, file: string) =>
  (await Deno.readTextFile(stage.path(file))).trimEnd().split("\n");

Deno.test("the index has a row for each good picture, by name, and a line for each bad one", async () => {
  await using stage = await StageRun.open({ decode });
  const collection = toyCollection(toyNames(600));
  const { files, progress } = await stage.run(
    indexPictures(collection, 0.1),
    configOf(collection),
    {},
  );
  expect(files).toEqual([
    ...["dataset.json", "index.json", "index.jsonl", "bad.csv"],
    ...["shapes.safetensors", "pixels.bin"],
  ]);
  const good = toyNames(600).filter((_, at) => at % 20 !== 19);
  expect(await stage.json("dataset.json")).toEqual({
    title: "photos",
    rows: 570,
    sources: good,
    pictures: { side: 256, interpolation: "bilinear", packed: true },
  });
  expect((await lines(stage, "bad.csv")).slice(0, 3)).toEqual([
    "name,reason",
    "0019.png,it is cut off",
    "0039.png,it is empty",
  ]);
  const rows = (await lines(stage, "index.jsonl")).map((line) => JSON.parse(line));
  expect(rows.length).toBe(570);
  expect(rows[5]).toMatchObject({ name: "0005.png", format: "GIF", note: "first of 3 frames" });
  expect(rows[7]).toMatchObject({ name: "0007.png", duplicateOf: "0003.png" });
  expect(rows.filter((row) => "duplicateOf" in row).length).toBe(1);
  expect(await stage.json("index.json")).toEqual({
    pictures: 570,
    bad: 30,
    duplicates: 1,
    bytes: 570 * "/photos/0000.png".length,
    formats: { PNG: 569, GIF: 1 },
    reasons: { "it is cut off": 15, "it is empty": 15 },
    notes: { "first of 3 frames": 1 },
    sides: {
      shorter: { least: 1, median: 1, most: 1 },
      longer: { least: 1, median: 1, most: 1 },
    },
  });
  expect(await stage.values("shapes.safetensors", "offsets")).toEqual(
    Array.from({ length: 570 }, (_, row) => 3 * row),
  );
  expect((await Deno.stat(stage.path("pixels.bin"))).size).toBe(3 * 570);
  expect(progress.at(-1)).toEqual({ done: 600, total: 600, unit: "pictures" });
});

Deno.test("blocks are asked for in turn, each behind the pixels of those before it", async () => {
  await using stage = await StageRun.open({ decode });
  const collection = toyCollection(toyNames(600));
  await stage.run(indexPictures(collection, 0.1), configOf(collection), {});
  const asked = stage.engine.of("index").map(({ args: [pieces, given] }) => ({
    first: (pieces as Piece[])[0]!.file,
    count: (pieces as Piece[]).length,
    given,
  }));
  const given = (start: number) => ({
    ...options.decoding,
    pixels: { path: stage.path("pixels.bin"), start },
  });
  expect(asked).toEqual([
    { first: "/photos/0000.png", count: 256, given: given(0) },
    { first: "/photos/0256.png", count: 256, given: given(3 * 244) },
    { first: "/photos/0512.png", count: 88, given: given(3 * 487) },
  ]);
});

Deno.test("stopped in the middle it goes on to the same files, and decodes no block twice", async () => {
  const collection = toyCollection(toyNames(600));
  const config = configOf(collection);
  await using undisturbed = await StageRun.open({ decode });
  const { files } = await undisturbed.run(indexPictures(collection, 0.1), config, {});
  await using stage = await StageRun.open({ decode });
  const stop = new AbortController();
  const stopped = stage.run(indexPictures(collection, 0.1), config, {}, {
    signal: stop.signal,
    onProgress: ({ done }) => done === 512 && stop.abort(new Error("stopped")),
  });
  await expect(stopped).rejects.toThrow("stopped");
  await Deno.writeFile(stage.path("pixels.bin"), new Uint8Array(99), { append: true });
  const told: string[] = [];
  await stage.run(indexPictures(collection, 0.1), config, {}, {
    onDamaged: (message) => told.push(message),
  });
  expect(told).toEqual([]);
  expect(stage.engine.of("index").length).toBe(3);
  for (const file of files) {
    const [one, other] = [
      await Deno.readFile(stage.path(file)),
      await Deno.readFile(undisturbed.path(file)),
    ];
    expect(new TextDecoder().decode(one)).toBe(new TextDecoder().decode(other));
  }
});

Deno.test("more bad pictures than may be are refused, with the list kept; allowed, nothing is decoded again", async () => {
  await using stage = await StageRun.open({ decode });
  const collection = toyCollection(toyNames(600));
  const error = await stage.run(indexPictures(collection, 0.049), configOf(collection), {})
    .catch((error) => error);
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toBe(
    "Cannot use the pictures of ~/photos: it needs at most 29 bad ones of 600 (maxBad 0.049), found 30 " +
      '(15 x it is cut off, 15 x it is empty), first "0019.png", "0039.png", "0059.png". All are listed in ' +
      `${
        stage.path("bad.csv")
      }. Mend or remove them, or allow them: a maxBad of 0.05 leaves them out.`,
  );
  expect((await lines(stage, "bad.csv")).length).toBe(31);
  await stage.run(indexPictures(collection, 0.05), configOf(collection), {});
  expect(stage.engine.of("index").length).toBe(3);
});

Deno.test("an index that is there already is refused by a run that allows fewer bad pictures", async () => {
  await using stage = await StageRun.open({ decode });
  const collection = toyCollection(toyNames(600));
  await stage.run(indexPictures(collection, 0.05), configOf(collection), {});
  const kept = { kind: "dataset" as const, hash: "", file: (name: string) => stage.path(name) };
  await indexPictures(collection, 0.05).accept?.(kept);
  const { accept } = indexPictures(collection, 0.001);
  await expect(accept?.(kept)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(
      /at most 0 bad ones of 600 \(maxBad 0\.001\), found 30 \(15 x .*first "0019\.png".*bad\.csv/,
    ),
  });
  expect(indexNode(collection, options, { id: "photos", title: "" })).toHaveProperty("accept");
});

Deno.test("pictures of which none is good are refused whatever may be bad", async () => {
  await using stage = await StageRun.open({ decode: () => ({ reason: "it is text" }) });
  const collection = toyCollection(["a.jpg", "b\n.jpg"]);
  await expect(stage.run(indexPictures(collection, 1), configOf(collection), {})).rejects.toThrow(
    'found 2 (2 x it is text), first "a.jpg", "b\\n.jpg". All are listed in ' +
      `${stage.path("bad.csv")}. Mend or remove them.`,
  );
});

Deno.test("unpacked, it writes where each picture is, and no pixels", async () => {
  await using stage = await StageRun.open();
  const whole = toyCollection(["a.png", "é.png"]);
  const shard = { file: "/shards/0.tar", seconds: null };
  const pieces = [
    ...piecesOf(whole),
    { ...shard, range: { offset: 512, bytes: 70 } },
    { ...shard, range: { offset: 2048, bytes: 80 } },
  ];
  const names = [...whole.names, "x.png", "y.png"];
  const collection = { ...whole, names, pieceOf: (row: number) => pieces[row]! };
  const config = configOf(collection, { pack: false });
  const { files } = await stage.run(indexPictures(collection, 0), config, {});
  expect(files.at(-1)).toBe("places.safetensors");
  expect(files).not.toContain("pixels.bin");
  const values = (name: string) => stage.values("places.safetensors", name);
  const paths = ["/photos/a.png", "/photos/é.png", "/shards/0.tar"];
  expect(new TextDecoder().decode(Uint8Array.from(await values("paths")))).toBe(paths.join(""));
  expect(await values("ends")).toEqual([13, 27, 40]);
  expect(await values("files")).toEqual([0, 1, 2, 2]);
  expect(await values("offsets")).toEqual([-1, -1, 512, 2048]);
  expect((await values("digests")).length).toBe(4 * 32);
  expect(stage.engine.of("index").map(({ args: [, given] }) => given)).toEqual([
    { ...options.decoding, pixels: null },
  ]);
  expect(await stage.json("dataset.json")).toMatchObject({ pictures: { packed: false } });
});

Deno.test("the key holds what decides the pixels, and where they are only if they are read there again", () => {
  const [one, other] = [toyCollection(["a", "b"]), toyCollection(["a", "b"])];
  const moved = {
    ...other,
    pieceOf: (row: number) => ({ ...other.pieceOf(row), file: `/moved/${row}` }),
  };
  expect(configOf(moved)).toEqual(configOf(one));
  expect(configOf(one, { maxBad: 0.5 })).toEqual(configOf(one));
  expect(configOf(moved, { pack: false })).not.toEqual(configOf(one, { pack: false }));
  expect(configOf(toyCollection(["a"]))).not.toEqual(configOf(one));
  expect(configOf({ ...one, fingerprint: "other" })).not.toEqual(configOf(one));
  expect(configOf(one, { decoding: { side: 64, interpolation: "bilinear" } }))
    .not.toEqual(configOf(one));
});

Deno.test("the pixels of frames of videos are kept, also where it was not asked for", () => {
  const stills = toyCollection(["a.mp4#t=1"]);
  const frames = {
    ...stills,
    pieceOf: (row: number) => ({ ...stills.pieceOf(row), seconds: 1 }),
  };
  expect(configOf(frames, { pack: false })).toEqual(configOf(frames));
});
