import { expect } from "expect";
import { indexText } from "../../src/cli/index_text.ts";
import { summarise } from "../../src/data/pictures/index_summary.ts";
import { IndexRecord, type IndexResult } from "../../src/data/pictures/indexed.ts";
import type { Indexed } from "../../src/engine/engine.ts";
import { toyCollection } from "../data/pictures/toy_collection.ts";
import { onePixel } from "../method/fake_engine.ts";

const good = (file: string, more: object = {}): Indexed => ({
  ...onePixel({ file, range: null, seconds: null }),
  ...{ bytes: 1_500_000, width: 300, height: 200 },
  ...more,
});

function indexed(names: readonly string[], found: readonly Indexed[]): IndexResult {
  const record = new IndexRecord(names);
  record.add(found);
  return record.result();
}

Deno.test("an index is told with counts, and each reason with its first files", () => {
  const names = ["a.jpg", "b.jpg", "c.gif", "d.jpg", "e.jpg", "f.jpg", "g\n.jpg", "h.jpg"];
  const collection = {
    ...toyCollection(names),
    labels: {
      kind: "single",
      names: ["cat", "dog"],
      labels: [0, 1, 0, 1, 0, 1, 0, 1],
    } as const,
    notes: ["left out: 2 hidden folders"],
  };
  const found = [
    good("one"),
    good("one", { width: 500, height: 100 }),
    good("two", { format: "GIF", note: "first of 3 frames" }),
    { reason: "it is cut off" },
    { reason: "it is cut off" },
    { reason: "it is empty" },
    { reason: "it is cut off" },
    { reason: "it is cut off" },
  ];
  const result = indexed(collection.names, found);
  expect(indexText(collection, summarise(result), result.bad)).toBe(
    `Index of ~/photos
  pictures    3 good, 5 bad
  formats     PNG 2, GIF 1
  sides       shorter 100 to 200 (half up to 200), longer 300 to 500 (half up to 300) pixels
  size        5 MB
  labels      2 classes
  duplicates  1 have the bytes of an earlier one
  notes       first of 3 frames 1
  found       left out: 2 hidden folders
  bad         4 x it is cut off: "d.jpg", "e.jpg", "g\\n.jpg", ...
              1 x it is empty: "f.jpg"
              to run with the others: --set maxBad=0.625`,
  );
});

Deno.test("of pictures that are all bad no sizes are told", () => {
  const collection = toyCollection(["a.jpg"]);
  const result = indexed(collection.names, [{ reason: "it is empty" }]);
  expect(indexText(collection, summarise(result), result.bad)).toBe(
    `Index of ~/photos
  pictures    0 good, 1 bad
  size        0 MB
  labels      none
  bad         1 x it is empty: "a.jpg"`,
  );
});

Deno.test("nothing is advised where a run leaves the bad ones out by itself", () => {
  const names = Array.from({ length: 1000 }, (_, at) => `${at}.jpg`);
  const collection = toyCollection(names);
  const found = names.map((name, at) => at === 7 ? { reason: "it is empty" } : good(name));
  const { bad, ...rest } = indexed(collection.names, found);
  expect(indexText(collection, summarise({ bad, ...rest }), bad)).not.toContain("maxBad");
});

Deno.test("of videos it tells how many frames they have", () => {
  const collection = { ...toyCollection(["a.mp4", "b.mp4"]), clips: true } as const;
  const videos = [30, 300].map((frames) =>
    good(`${frames}`, { format: "h264", video: { frames, rate: 25, keys: 1 } })
  );
  const result = indexed(collection.names, videos);
  expect(indexText(collection, summarise(result), result.bad)).toBe(
    `Index of ~/photos
  videos      2 good, 0 bad
  formats     h264 2
  sides       shorter 200, longer 300 pixels
  frames      30 to 300 (half up to 30)
  size        3 MB
  labels      none`,
  );
});
