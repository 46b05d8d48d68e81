import { expect } from "expect";
import { datasetSchema, imagesFile, readDataset, writeDataset } from "../../src/data/dataset.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { artifactIn, toyEngine } from "./toy_engine.ts";

Deno.test("a dataset is images [rows, height, width, 3] and the source of each row", async () => {
  await using dir = await temporaryFolder();
  const { services, tensor } = toyEngine(dir.path);
  const pixels = Uint8Array.from({ length: 2 * 4 * 5 * 3 }, (_, at) => at);
  const files = await writeDataset(dir.path, services, { height: 4, width: 5, pixels }, {
    title: "Toys",
    sources: ["a:one", "a:two"],
  });
  expect(files).toEqual(["images.safetensors", "dataset.json"]);
  expect(tensor(imagesFile, "images")).toEqual({ data: pixels, shape: [2, 4, 5, 3] });
  expect(await readDataset(artifactIn(dir.path, "dataset"))).toEqual({
    title: "Toys",
    rows: 2,
    sources: ["a:one", "a:two"],
  });
});

Deno.test("a dataset of clips has a dimension for the frames, and says how many", async () => {
  await using dir = await temporaryFolder();
  const { services, tensor } = toyEngine(dir.path);
  const images = { frames: 3, height: 4, width: 5, pixels: new Uint8Array(2 * 3 * 4 * 5 * 3) };
  await writeDataset(dir.path, services, images, { title: "Toys", sources: ["a", "b"] });
  expect(tensor(imagesFile, "images").shape).toEqual([2, 3, 4, 5, 3]);
  expect(await readDataset(artifactIn(dir.path, "dataset"))).toMatchObject({ frames: 3, rows: 2 });
});

Deno.test("a dataset whose sources are not one per row is refused, and so is an empty one", () => {
  const parse = (rows: number) => datasetSchema.safeParse({ title: "", rows, sources: ["a:one"] });
  expect([parse(1), parse(2)].map(({ success }) => success)).toEqual([true, false]);
  expect(datasetSchema.safeParse({ title: "", rows: 0, sources: [] }).success).toBe(false);
});
