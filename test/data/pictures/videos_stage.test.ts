import { expect } from "expect";
import type { Collection } from "../../../src/data/pictures/collection.ts";
import { clipsOfVideos } from "../../../src/data/pictures/clips.ts";
import { indexCollection } from "../../../src/data/pictures/index_collection.ts";
import { indexNode } from "../../../src/data/pictures/index_stage.ts";
import { indexVideos, type VideoIndexConfig } from "../../../src/data/pictures/videos_stage.ts";
import type { Indexed, Piece } from "../../../src/engine/engine.ts";
import { fakeEngine, onePixel } from "../../method/fake_engine.ts";
import { StageRun } from "../../method/stages/stage_run.ts";
import { toyCollection } from "./toy_collection.ts";

const videosOf = (count: number): Collection => ({
  ...toyCollection([]),
  ...clipsOfVideos(
    toyCollection(Array.from({ length: count }, (_, at) => `${String(at).padStart(3, "0")}.mp4`)),
  ),
});

/** Every 20th video is bad; the others have as many frames as their number, and 5 more. */
function decode(piece: Piece): Indexed {
  const number = Number(piece.file.slice(-7, -4));
  if (number % 20 === 19) return { reason: "it is cut off: 3 of 9 frames" };
  const video = { frames: number + 5, rate: 29.97, keys: 1 };
  return { ...onePixel(piece), format: "h264", video };
}

const options = {
  decoding: { side: 128, interpolation: "bilinear" },
  ...{ pack: false, maxBad: 0.1, versions: { av: "1" } },
} as const;

const configOf = (collection: Collection) =>
  indexNode(collection, options, { id: "videos", title: "" }).config as VideoIndexConfig;

Deno.test("the index has a row for each good video, with its frames, and how they are found again", async () => {
  await using stage = await StageRun.open({ decode });
  const collection = videosOf(70);
  const { files, progress } = await stage.run(
    indexVideos(collection, 0.1),
    configOf(collection),
    {},
  );
  expect(files).toEqual([
    ...["dataset.json", "index.json", "index.jsonl", "bad.csv", "videos.safetensors", "keys.bin"],
  ]);
  const good = collection.names.filter((_, at) => at % 20 !== 19);
  expect(await stage.json("dataset.json")).toEqual({
    ...{ title: "photos", rows: 67, sources: good, videos: true },
  });
  expect(await stage.json("index.json")).toMatchObject({
    ...{ pictures: 67, bad: 3, formats: { h264: 67 } },
    frames: { least: 5, most: 74 },
  });
  const [first] = (await Deno.readTextFile(stage.path("index.jsonl"))).split("\n");
  expect(JSON.parse(first!)).toMatchObject({ name: "000.mp4", frames: 5, rate: 29.97 });
  expect(await stage.values("videos.safetensors", "frames")).toEqual(
    good.map((name) => Number(name.slice(0, 3)) + 5),
  );
  expect(await stage.values("videos.safetensors", "key_counts")).toEqual(good.map(() => 1));
  const paths = await stage.values("videos.safetensors", "paths");
  expect(String.fromCharCode(...paths).match(/\/photos\/\d+\.mp4/g)).toHaveLength(67);
  expect(progress.at(-1)).toEqual({ done: 70, total: 70, unit: "videos" });
});

Deno.test("blocks are asked for in turn, each behind the keys of those before it, and go on after a stop", async () => {
  await using stage = await StageRun.open({ decode });
  const collection = videosOf(70);
  const stop = new AbortController();
  const stopped = stage.run(indexVideos(collection, 0.1), configOf(collection), {}, {
    signal: stop.signal,
    onProgress: ({ done }) => done === 32 && stop.abort(new Error("stopped")),
  });
  await expect(stopped).rejects.toThrow("stopped");
  await stage.run(indexVideos(collection, 0.1), configOf(collection), {});
  const asked = stage.engine.of("indexVideos").map(({ args: [paths, keys] }) => [
    ...[(paths as string[])[0], (paths as string[]).length, keys],
  ]);
  const keys = (start: number) => ({ path: stage.path("keys.bin"), start });
  expect(asked).toEqual([
    ["/photos/000.mp4", 32, keys(0)],
    ["/photos/032.mp4", 32, keys(16 * 31)],
    ["/photos/064.mp4", 6, keys(16 * 61)],
  ]);
  expect((await stage.json("dataset.json") as { rows: number }).rows).toBe(67);
});

Deno.test("more bad videos than may be are refused in their own words", async () => {
  await using stage = await StageRun.open({ decode });
  const collection = videosOf(20);
  await expect(stage.run(indexVideos(collection, 0.01), configOf(collection), {})).rejects.toThrow(
    "Cannot use the videos of ~/photos: it needs at most 0 bad ones of 20",
  );
});

Deno.test("the node of whole videos is another one than that of pictures, and has no size", () => {
  const collection = videosOf(2);
  const at = { id: "videos", title: "" };
  const node = indexNode(collection, options, at);
  expect(node.stage.name).toBe("videos.index");
  expect(Object.keys(node.config)).toEqual(["fingerprint", "versions", "names", "files"]);
  const { clips: _, ...stills } = collection;
  expect(indexNode(stills, options, at).stage.name).toBe("pictures.index");
  const elsewhere = { ...collection, pieceOf: () => ({ file: "x", range: null, seconds: null }) };
  expect(indexNode(elsewhere, options, at).config).not.toEqual(node.config);
});

Deno.test("whole videos are indexed without a run, too", async () => {
  const engine = fakeEngine({ decode });
  const { good, bad, summary } = await indexCollection(videosOf(20), engine);
  expect([good.length, bad.length]).toEqual([19, 1]);
  expect(summary.frames).toEqual({ least: 5, median: 14, most: 23 });
  expect(engine.of("indexVideos").map(({ args: [, keys] }) => keys)).toEqual([null]);
  expect([...good][3]!.found.video).toEqual({ frames: 8, rate: 29.97, keys: 1 });
});
