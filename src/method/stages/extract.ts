/** Stage: features of a data set at one layer of a frozen network, averaged over the layer's pixels and over the
 * views of a row (paper, section 3.1). */
import { join } from "node:path";
import { imagesFile } from "../../data/dataset.ts";
import { loadNetwork } from "../../models/network.ts";
import { defineStage } from "../../pipeline/stage.ts";
import type { EvaluationConfig } from "../placement.ts";
import type { Services } from "../services.ts";

export type ExtractConfig = EvaluationConfig & { readonly layer: string };

/** {features float32 [N, D]}, a row for each of the data set's. */
export const featuresFile = "features.safetensors";

export const extract = defineStage<
  ExtractConfig,
  { readonly data: "dataset"; readonly network: "network" },
  "features",
  Services
>({
  name: "extract",
  version: 2,
  inputs: { data: "dataset", network: "network" },
  output: "features",
  async run({ config, inputs, dir, services: { engine }, signal, progress }) {
    const { layer, ...placement } = config;
    using network = await loadNetwork(engine, inputs.network);
    using file = await engine.tensors.load(inputs.data.file(imagesFile));
    using source = engine.data.packed(file.get("images"));
    using features = await engine.features.extract(
      network,
      source,
      { features: { layer, budget: null } },
      { ...placement, rows: null },
      { signal, onProgress: (done, total) => progress({ done, total, unit: "images" }) },
    );
    await engine.tensors.save(join(dir, featuresFile), { features: features.get("features") });
    return [featuresFile];
  },
});
