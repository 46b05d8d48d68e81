/** Stage: features of a data set at one layer of a frozen network, averaged over the layer's pixels and over the
 * views of a row (paper, section 3.1). */
import { loadNetwork } from "../../models/network.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { extractToFiles } from "../extraction.ts";
import type { EvaluationConfig } from "../placement.ts";
import type { Services } from "../services.ts";
import { openSource } from "../source.ts";

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
  async run(context) {
    const { config, inputs, services: { engine }, progress } = context;
    const { layer, ...placement } = config;
    using network = await loadNetwork(engine, inputs.network);
    using rows = await openSource(engine, inputs.data);
    await extractToFiles(context, "blocks", {
      ...{ network, source: rows.source, placement, rows: null },
      outputs: { features: { layer, budget: null } },
      onProgress: (done, total) => progress({ done, total, unit: "images" }),
    });
    return [featuresFile];
  },
});
