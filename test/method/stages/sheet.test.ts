import { expect } from "expect";
import sharp from "sharp";
import { writeDatasetCard } from "../../../src/data/dataset.ts";
import { writeShapes, writeVideos } from "../../../src/data/pictures/stored.ts";
import { contactSheet, evenlyBySize } from "../../../src/method/stages/sheet.ts";
import { StageRun } from "./stage_run.ts";

const sized = (sizes: readonly number[]) =>
  sizes.map((size, id) => ({ id, members: Array.from({ length: size }, (_, row) => row) }));

Deno.test("evenlyBySize() goes from the largest to the smallest in even steps", () => {
  const shown = evenlyBySize(sized([1, 5, 3, 9, 7]), 3);
  expect(shown.map(({ id }) => id)).toEqual([3, 1, 0]);
});

Deno.test("evenlyBySize() shows each cluster once where there are few", () => {
  expect(evenlyBySize(sized([2, 4]), 16).map(({ id }) => id)).toEqual([1, 0]);
  expect(evenlyBySize(sized([2, 4]), 1).map(({ id }) => id)).toEqual([1]);
});

/** Seven rows of one pixel, row r of the colour (10 r, 0, 0); row -> cluster. */
const clusters = [2, 1, 1, 2, 1, 2, 1];
/** All have the word "img", which is therefore said of no cluster. */
const names = [
  "mdi:img-home",
  "mdi:img-cat-face",
  "ph:img-cat",
  "ph:img-home-line",
  "lucide:img-cat",
  "mdi:img-tree",
  "a:img-b",
];

async function drawn(stage: StageRun, columns: number) {
  const pixels = Uint8Array.from(clusters.flatMap((_, row) => [10 * row, 0, 0]));
  const { files } = await stage.run(contactSheet, { rows: 16, columns, versions: {} }, {
    data: await stage.dataset("rows", names, { height: 1, width: 1, pixels }),
    clusters: await stage.labels("clusters", { names: ["a", "b", "c"], labels: clusters }),
  });
  return files;
}

Deno.test("the sheet has the images of each cluster in a row, the largest cluster first", async () => {
  await using stage = await StageRun.open();
  expect(await drawn(stage, 3)).toEqual(["sheet.png", "sheet.json"]);
  const { data, info } = await sharp(stage.path("sheet.png")).raw().toBuffer({
    resolveWithObject: true,
  });
  expect([info.width, info.height]).toEqual([3 * 5, 2 * 5]); // 1 pixel and a gap of 4
  const red = (row: number, column: number) => data[((5 * row + 2) * 15 + 5 * column + 2) * 3];
  const rows = [0, 1].map((row) => [0, 1, 2].map((column) => red(row, column)));
  expect(rows).toEqual([[10, 20, 40], [0, 30, 50]]); // rows 1, 2, 4 of cluster 1; 0, 3, 5 of cluster 2
});

Deno.test("of clips the sheet has one frame each", async () => {
  await using stage = await StageRun.open();
  await stage.run(contactSheet, { rows: 1, columns: 2, versions: {} }, {
    data: await stage.dataset("rows", ["a:b", "a:c"], {
      ...{ frames: 3, height: 1, width: 1, pixels: new Uint8Array(2 * 3 * 3) },
    }),
    clusters: await stage.labels("clusters", { names: ["a", "b"], labels: [0, 0] }),
  });
  const [read] = stage.engine.of("read");
  expect(read?.args.slice(1)).toEqual([[0, 1], { size: null, clips: 1, frames: 1 }]);
  const { width, height } = await sharp(stage.path("sheet.png")).metadata();
  expect([width, height]).toEqual([2 * 5, 5]);
});

Deno.test("the sheet's card says of each cluster its id, its size and its images' common words", async () => {
  await using stage = await StageRun.open();
  await drawn(stage, 2);
  expect(await stage.json("sheet.json")).toEqual({
    clusters: [
      { id: 1, size: 4, names: ["cat"] },
      { id: 2, size: 3, names: ["home"] },
    ],
  });
});

Deno.test("pictures of any size are shown 64 pixels wide and high", async () => {
  await using stage = await StageRun.open();
  const sources = ["cats/a.jpg", "cats/b.jpg"];
  const pictures = { side: 256, interpolation: "bilinear", packed: true } as const;
  const data = await stage.artifact("dataset", "photos", async (dir) => [
    await writeDatasetCard(dir, { title: "photos", rows: 2, sources, pictures }),
    await writeShapes(dir, { engine: stage.engine }, []),
    "pixels.bin",
  ]);
  const clusters = await stage.labels("clusters", { names: ["a", "b"], labels: [0, 0] });
  await stage.run(contactSheet, { rows: 16, columns: 2, versions: {} }, { data, clusters });
  expect(stage.engine.of("read").map(({ args: [, rows, view] }) => [rows, view])).toEqual([
    [[0, 1], { size: 64, clips: 1, frames: null }],
  ]);
  const { width, height } = await sharp(stage.path("sheet.png")).metadata();
  expect([width, height]).toEqual([2 * 68, 68]);
});

Deno.test("of whole videos a frame is shown, of the size of pictures", async () => {
  await using stage = await StageRun.open();
  const sources = ["walk/a.mp4", "walk/b.mp4"];
  const data = await stage.artifact("dataset", "videos", async (dir) => [
    await writeDatasetCard(dir, { title: "videos", rows: 2, sources, videos: true }),
    await writeVideos(dir, { engine: stage.engine }, [], () => {
      throw new Error("there are none");
    }),
    "keys.bin",
  ]);
  const clusters = await stage.labels("clusters", { names: ["a", "b"], labels: [0, 0] });
  await stage.run(contactSheet, { rows: 16, columns: 2, versions: {} }, { data, clusters });
  expect(stage.engine.of("read").map(({ args: [, rows, view] }) => [rows, view])).toEqual([
    [[0, 1], { size: 64, clips: 1, frames: 1 }],
  ]);
});
