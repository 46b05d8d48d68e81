import { expect } from "expect";
import { renderPretraining } from "../../../src/data/icons/pretraining_stage.ts";
import { estimateGraph } from "../../../src/method/estimates/estimate_graph.ts";
import { cluster } from "../../../src/method/stages/cluster.ts";
import { consensus } from "../../../src/method/stages/consensus.ts";
import { extract } from "../../../src/method/stages/extract.ts";
import { importNetwork } from "../../../src/method/stages/import_network.ts";
import { asStored, type Preprocessing } from "../../../src/models/view.ts";
import { node } from "../../../src/pipeline/graph.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { fakeEngine } from "../fake_engine.ts";

const placement = { device: "cpu", precision: "float32", threads: 1, versions: {} } as const;
const preprocessing: Preprocessing = {
  ...{ resize: 8, interpolation: "bilinear", mean: [0, 0, 0], std: [1, 1, 1] },
};

Deno.test("a consensus is measured on so many clusterings of some rows, with the same share of clusters", async () => {
  const network = node(importNetwork({ path: "/x", layers: { res5: 64 }, preprocessing }), {
    ...{ id: "teacher", title: "Teacher", inputs: {} },
    config: { arch: "resnet10-small", width: 8, heads: {}, sha256: "", versions: {} },
  });
  const data = node(renderPretraining, {
    ...{ id: "icons", title: "Icons", inputs: {} },
    config: { images: 40_000, names: null, dataSeed: 1, versions: {} },
  });
  const features = node(extract, {
    ...{ id: "features", title: "Features", inputs: { data, network } },
    config: { ...placement, view: asStored, batchSize: 64, layer: "res5" },
  });
  const clusterings = [1, 2, 3].map((seed) =>
    node(cluster, {
      ...{ id: `clusters-${seed}`, title: "Cluster", inputs: { features } },
      config: {
        ...{ k: 100, iterations: 9, seed, engine: "torch", normalise: true },
        ...{ device: "cpu", threads: 1, versions: {} },
      },
    })
  );
  const agreed = node(consensus, {
    ...{ id: "consensus", title: "Consensus" },
    config: { k: 100, iterations: 50, starts: 5, seed: 1, versions: {} },
    inputs: Object.fromEntries(
      clusterings.map((one, at): [`clusters.${number}`, typeof one] => [`clusters.${at}`, one]),
    ),
  });
  const engine = fakeEngine();
  await using folder = await temporaryFolder();
  const costs = await estimateGraph({
    ...{ nodes: [agreed], running: new Set(["consensus"]), workers: 1, engine, dir: folder.path },
    ...{ signal: new AbortController().signal, onSample() {} },
  });
  const [call] = engine.of("consensus");
  expect((call?.args[0] as unknown[]).length).toBe(3);
  expect(call?.args[1]).toMatchObject({ k: 50, starts: 5 });
  expect(costs.get("consensus")).toMatchObject({ disk: 8 * 40_000 });
  expect(costs.get("consensus")!.memory).toBeGreaterThan(3 * 8 * 40_000);
});
