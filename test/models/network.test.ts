import { expect } from "expect";
import { loadNetwork, readNetworkCard, writeNetworkCard } from "../../src/models/network.ts";
import type { Preprocessing } from "../../src/models/view.ts";
import { StageRun } from "../method/stages/stage_run.ts";

const card = { arch: "toy", width: 5, heads: { labels: 3, fine: 9 } };

Deno.test("a network is loaded as its card says, from its own file", async () => {
  await using stage = await StageRun.open();
  const network = await stage.network("teacher", card);
  using _loaded = await loadNetwork(stage.engine, network);
  const [load, ...more] = stage.engine.calls;
  expect(load).toMatchObject({ name: "load", args: ["teacher", { arch: "toy", width: 5 }] });
  expect(more).toEqual([]);
});

Deno.test("the card of a network keeps its heads in order, and the lines that load it", async () => {
  await using stage = await StageRun.open();
  const asked: unknown[] = [];
  const models = {
    ...stage.engine.models,
    snippet(options: object) {
      asked.push(options);
      return "some Python";
    },
  };
  const network = await stage.artifact(
    "network",
    "student",
    (dir) => writeNetworkCard({ models }, dir, card),
  );
  expect(asked).toEqual([{ ...card, path: "network.safetensors" }]);
  const read = await readNetworkCard(network);
  expect(read).toEqual({ ...card, snippet: "some Python" });
  expect(Object.keys(read.heads)).toEqual(["labels", "fine"]);
});

Deno.test("the lines that load a network from elsewhere read images as it does", async () => {
  await using stage = await StageRun.open();
  const asked: unknown[] = [];
  const models = { ...stage.engine.models, snippet: (given: object) => `${asked.push(given)}` };
  const preprocessing: Preprocessing = {
    resize: 256,
    interpolation: "bicubic",
    mean: [0.5, 0.5, 0.5],
    std: [0.5, 0.5, 0.5],
  };
  await stage.artifact(
    "network",
    "teacher",
    (dir) => writeNetworkCard({ models }, dir, card, preprocessing),
  );
  expect(asked).toEqual([{ ...card, path: "network.safetensors", preprocessing }]);
});
