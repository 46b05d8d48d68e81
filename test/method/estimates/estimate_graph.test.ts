import { expect } from "expect";
import { estimateGraph } from "../../../src/method/estimates/estimate_graph.ts";
import { extract } from "../../../src/method/stages/extract.ts";
import { importNetwork } from "../../../src/method/stages/import_network.ts";
import { asStored, type Preprocessing } from "../../../src/models/view.ts";
import { pretrainingEstimator } from "../../../src/method/estimates/icons.ts";
import { renderPretraining } from "../../../src/data/icons/pretraining_stage.ts";
import { type Node, node } from "../../../src/pipeline/graph.ts";
import { defineStage } from "../../../src/pipeline/stage.ts";
import type { Services } from "../../../src/method/services.ts";
import { fakeEngine } from "../fake_engine.ts";

const placement = { device: "cpu", precision: "float32", threads: 1, versions: {} } as const;
const preprocessing: Preprocessing = {
  resize: 8,
  interpolation: "bilinear",
  mean: [0, 0, 0],
  std: [1, 1, 1],
};
const network = node(importNetwork({ path: "/x", layers: { res5: 64 }, preprocessing }), {
  ...{ id: "teacher", title: "Teacher", inputs: {} },
  config: { arch: "resnet10-small", width: 8, heads: {}, sha256: "", versions: {} },
});
const icons = node(renderPretraining, {
  ...{ id: "icons", title: "Icons", inputs: {} },
  config: { images: 5000, names: null, dataSeed: 1, versions: {} },
});
const features = (id: string, data: Node<"dataset", Services>, layer: string) =>
  node(extract, {
    ...{ id, title: id, inputs: { data, network } },
    config: { ...placement, view: asStored, batchSize: 64, layer },
  });

async function estimate(nodes: readonly Node<string, Services>[], running: string[]) {
  const engine = fakeEngine();
  const dir = await Deno.makeTempDir();
  const sampled: string[] = [];
  const costs = await estimateGraph({
    ...{ nodes, running: new Set(running), workers: 3, engine, dir },
    signal: new AbortController().signal,
    onSample: ({ id }) => void sampled.push(id),
  });
  await Deno.remove(dir, { recursive: true });
  return { costs, sampled, extractions: engine.of("extract").length };
}

Deno.test("equal work is measured once, as many at once as run beside it", async () => {
  const twins = [features("a", icons, "res5"), features("b", icons, "res5")];
  const { costs, sampled, extractions } = await estimate(twins, ["a", "b"]);
  expect(sampled).toEqual(["a"]);
  expect(extractions).toBe(3 * 2); // a warm-up and a measured one, three times at once
  expect([...costs.keys()]).toEqual(["a", "b"]);
  expect(costs.get("a")).toEqual(costs.get("b"));
});

Deno.test("a stage that has no neighbour is measured alone, and other work on its own", async () => {
  const { extractions } = await estimate([features("a", icons, "res5")], ["a"]);
  expect(extractions).toBe(2);
  const { sampled } = await estimate(
    [features("a", icons, "res5"), features("b", icons, "res4")],
    ["a", "b"],
  );
  expect(sampled).toEqual(["a", "b"]);
});

Deno.test("what is there already is not looked at", async () => {
  const { costs, sampled } = await estimate([features("a", icons, "res5")], []);
  expect({ costs: [...costs], sampled }).toEqual({ costs: [], sampled: [] });
});

Deno.test("of a stage that stands on something unknown nothing is known", async () => {
  const odd = defineStage<Record<never, never>, Record<never, never>, "dataset", Services>({
    ...{ name: "odd", version: 1, inputs: {}, output: "dataset", run: () => Promise.resolve([]) },
  });
  const data = node(odd, { id: "odd", title: "Odd", config: {}, inputs: {} });
  const { costs } = await estimate([features("a", data, "res5")], ["odd", "a", "teacher"]);
  expect(costs.get("odd")).toBeNull();
  expect(costs.get("a")).toBeNull();
  expect(costs.get("teacher")).toMatchObject({ disk: 0, memory: 0 });
});

Deno.test("the shape of icons is that of their config", async () => {
  expect(await pretrainingEstimator.shape(icons, undefined as never))
    .toEqual({ rows: 5000, side: 32, held: 32 * 32 * 3 });
});
