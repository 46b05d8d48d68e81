import { expect } from "expect";
import { extract } from "../../../src/method/stages/extract.ts";
import { somePlacement, someView, StageRun } from "./stage_run.ts";

Deno.test("extract asks for the layer, of every row, of the data set, as the network reads it", async () => {
  await using stage = await StageRun.open();
  const config = { ...somePlacement, layer: "res3", view: someView, batchSize: 7 };
  const { files, progress } = await stage.run(extract, config, {
    data: await stage.dataset("rows", ["a:b", "a:c"]),
    network: await stage.network("teacher", { arch: "toy", width: 5, heads: { labels: 4 } }),
  });
  const { layer: _, ...placement } = config;
  expect(stage.engine.calls.map(({ name, args }) => [name, ...args])).toEqual([
    ["load", "teacher", expect.objectContaining({ arch: "toy", width: 5 })],
    [
      ...["extract", "teacher", "rows/images.safetensors"],
      { features: { layer: "res3", budget: null } },
      { ...placement, rows: [0, 1] },
    ],
  ]);
  expect(files).toEqual(["features.safetensors"]);
  const [asked] = stage.engine.of("extract");
  expect(await stage.origin("features.safetensors", "features")).toBe(`${asked?.made}.features`);
  expect(progress).toEqual([{ done: 2, total: 2, unit: "images" }]);
});
