import { expect } from "expect";
import { indexCollection } from "../../../src/data/pictures/index_collection.ts";
import { fakeEngine, onePixel } from "../../method/fake_engine.ts";
import { toyCollection, toyNames } from "./toy_collection.ts";

Deno.test("a collection is indexed block by block, with what is in each picture", async () => {
  const engine = fakeEngine({
    decode: (piece) =>
      piece.file.endsWith("0003.png") ? { reason: "it is empty" } : onePixel(piece),
  });
  const told: number[] = [];
  const { good, bad, summary } = await indexCollection(toyCollection(toyNames(300)), engine, {
    progress: ({ done, total }) => told.push(done / total),
  });
  expect(good.length).toBe(299);
  expect(bad).toEqual([{ name: "0003.png", reason: "it is empty" }]);
  expect([summary.pictures, summary.bad]).toEqual([299, 1]);
  expect(told).toEqual([256 / 300, 1]);
  expect(engine.of("index").map(({ args: [, options] }) => options)).toEqual(
    [0, 1].map(() => ({ side: 256, interpolation: "bilinear", pixels: null })),
  );
});

Deno.test("it stops where it is told to", async () => {
  const stop = new AbortController();
  const engine = fakeEngine();
  const stopped = indexCollection(toyCollection(toyNames(600)), engine, {
    signal: stop.signal,
    progress: () => stop.abort(new Error("enough")),
  });
  await expect(stopped).rejects.toThrow("enough");
  expect(engine.of("index").length).toBe(1);
});
