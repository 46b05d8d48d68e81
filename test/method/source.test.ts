import { expect } from "expect";
import { writeDataset } from "../../src/data/dataset.ts";
import { clipsOfVideos } from "../../src/data/pictures/clips.ts";
import { indexPictures } from "../../src/data/pictures/index_stage.ts";
import { indexVideos } from "../../src/data/pictures/videos_stage.ts";
import type { Piece } from "../../src/engine/engine.ts";
import { openSource } from "../../src/method/source.ts";
import type { Artifact } from "../../src/pipeline/stage.ts";
import { toyCollection } from "../data/pictures/toy_collection.ts";
import { onePixel } from "./fake_engine.ts";
import { StageRun } from "./stages/stage_run.ts";

/** The artifact of an index. */
async function indexed(stage: StageRun, pack: boolean): Promise<Artifact<"dataset">> {
  const collection = toyCollection(["a.png", "b.png", "c.png"]);
  const decoding = { side: 96, interpolation: "bicubic" } as const;
  const config = { fingerprint: "", names: "", decoding, files: pack ? null : "", versions: {} };
  const { files } = await stage.run(indexPictures(collection, 0), config, {});
  return artifactOf(stage, files);
}

function artifactOf(stage: StageRun, files: readonly string[]): Artifact<"dataset"> {
  return {
    kind: "dataset",
    hash: "photos",
    file(name) {
      if (files.includes(name)) return stage.path(name);
      throw new Error(`no file ${name}`);
    },
  };
}

Deno.test("rendered images are one tensor", async () => {
  await using stage = await StageRun.open();
  using rows = await openSource(stage.engine, await stage.dataset("icons", ["a:b", "c:d"]));
  expect(rows.source.rows).toBe(2);
  expect(stage.engine.calls).toEqual([]);
});

Deno.test("clips are one tensor with frames, read as clips", async () => {
  await using stage = await StageRun.open();
  const images = { frames: 3, height: 1, width: 1, pixels: new Uint8Array(2 * 3 * 3) };
  const services = { engine: stage.engine };
  const files = await writeDataset(stage.path(""), services, images, {
    title: "Clips",
    sources: ["a", "b"],
  });
  expect(files).toContain("images.safetensors");
  using rows = await openSource(stage.engine, {
    ...{ kind: "dataset", hash: "clips", file: (name) => stage.path(name) },
  });
  expect(rows.source.rows).toBe(2);
  expect(stage.engine.of("clips")).toHaveLength(1);
});

Deno.test("packed pictures are mapped", async () => {
  await using stage = await StageRun.open();
  using rows = await openSource(stage.engine, await indexed(stage, true));
  expect(rows.source.rows).toBe(3);
  expect(stage.engine.of("pixels").map(({ args: [path] }) => path)).toEqual([
    stage.path("pixels.bin"),
  ]);
});

Deno.test("unpacked pictures are decoded as they were indexed", async () => {
  await using stage = await StageRun.open();
  using rows = await openSource(stage.engine, await indexed(stage, false));
  expect(rows.source.rows).toBe(3);
  expect(stage.engine.of("files").map(({ args: [, decoding] }) => decoding)).toEqual([
    { side: 96, interpolation: "bicubic" },
  ]);
});

Deno.test("whole videos are decoded as they are read", async () => {
  const decode = (piece: Piece) => ({
    ...onePixel(piece),
    video: { frames: 9, rate: 10, keys: 2 },
  });
  await using stage = await StageRun.open({ decode });
  const collection = { ...toyCollection([]), ...clipsOfVideos(toyCollection(["a.mp4", "b.mp4"])) };
  const config = { fingerprint: "", names: "", files: "", versions: {} };
  const { files } = await stage.run(indexVideos(collection, 0), config, {});
  using rows = await openSource(stage.engine, artifactOf(stage, files));
  expect(rows.source.rows).toBe(2);
  expect(stage.engine.of("videos").map(({ args: [keys] }) => keys)).toEqual([
    stage.path("keys.bin"),
  ]);
});
