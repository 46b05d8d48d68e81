import { expect } from "expect";
import { featuresOnly, probeOnly } from "../../src/experiments/frozen.ts";
import { seedFor } from "../../src/method/seed.ts";
import type { NetworkFile } from "../../src/models/network_file.ts";
import { byId, ofStage, toyGraph } from "../method/toy_experiment.ts";
import { toyWorld } from "../method/toy_world.ts";

const network: NetworkFile = {
  ...{ path: "net.safetensors", sha256: "ab", title: "a ViT", size: 224 },
  backbone: { arch: "timm:some_vit", width: null },
  heads: { labels: 1000 },
  preprocessing: {
    ...{ resize: 248, interpolation: "bicubic" },
    ...{ mean: [0.4, 0.4, 0.4], std: [0.2, 0.2, 0.2] },
  },
  layers: { "blocks.1": 384, pooled: 384 },
};
const asked = { data: "/photos", network: "timm:some_vit", target: { plants: "/plants" } };

Deno.test("features: the last layer of the network, or the one that is named; nothing is trained", () => {
  const layers = [{}, { layer: "blocks.1" }].map((more) => {
    const graph = toyGraph(featuresOnly, { ...asked, ...more }, toyWorld(["plants"]), { network });
    expect(ofStage(graph, "train")).toEqual([]);
    return byId(graph)["seed-0.network.features"]?.config["layer"];
  });
  expect(layers).toEqual(["pooled", "blocks.1"]);
});

Deno.test("probe: each target, and no features of the data set", () => {
  const graph = toyGraph(probeOnly, { ...asked, layer: "blocks.1" }, toyWorld(["plants"]), {
    network,
  });
  expect(ofStage(graph, "measure").map(({ id, config }) => [id, config["outputs"]])).toEqual([
    ["seed-0.network.plants", [{ layer: "blocks.1", budget: null }]],
  ]);
  expect(ofStage(graph, "extract")).toEqual([]);
});

Deno.test("probe: every layer on the target that is named, the last one alone on others", () => {
  const target = { plants: "/plants", birds: "/birds" };
  const config = { ...asked, target, layerwise: "birds", probe: { layerBudget: 9216 } };
  const world = toyWorld(["plants", "birds"]);
  const graph = toyGraph(probeOnly, config, world, { network });
  const last = { layer: "pooled", budget: null };
  expect(ofStage(graph, "measure").map(({ config }) => config["outputs"])).toEqual([
    [last],
    [last, ...["blocks.1", "pooled"].map((layer) => ({ layer, budget: 9216 }))],
  ]);
  const other = probeOnly.schema.parse({ ...config, layerwise: "fish" });
  expect(() => probeOnly.check(other)).toThrow(
    'Cannot probe layer by layer on "fish": it needs a target, one of plants, birds.',
  );
});

Deno.test("probe: by the kind that is asked for, with a seed that does not depend on the arm", () => {
  const sgd = { learningRates: [0.01], epochs: 14 };
  const probe = { kind: "sgd", sgd };
  const world = toyWorld(["plants"]);
  const graph = toyGraph(probeOnly, { ...asked, probe }, world, { network });
  const [{ config } = { config: {} }] = ofStage(graph, "measure");
  expect(config).toMatchObject({ probe: "sgd", sgd: { ...sgd, seed: seedFor(0, "probe") } });
  expect(config).not.toHaveProperty("costs");
});

Deno.test("pictures are decoded as the network reads them, and kept only where that is asked", () => {
  const options = (more: object) =>
    featuresOnly.pictures!(featuresOnly.schema.parse({ ...asked, ...more }), { network }).options;
  expect(options({})).toMatchObject({
    decoding: { side: 248, interpolation: "bicubic" },
    pack: false,
  });
  expect(options({ pack: true }).pack).toBe(true);
});

Deno.test("whether videos are read follows the network, not the architecture of students", () => {
  const video = { ...network, backbone: { arch: "r2plus1d-18", width: 64 } };
  const config = featuresOnly.schema.parse({ ...asked, clips: { frames: 8, average: 3 } });
  const clips = (network: NetworkFile) => featuresOnly.pictures!(config, { network }).clips;
  expect([clips(video), clips(network)]).toEqual([true, false]);
  const graph = toyGraph(featuresOnly, config, toyWorld(["plants"]), { network: video });
  expect(byId(graph)["seed-0.network.features"]?.config["view"]).toMatchObject({
    ...{ frames: 8, clips: 3 },
  });
});
