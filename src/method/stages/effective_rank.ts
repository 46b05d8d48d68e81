/** Stage: of how many dimensions the features of a data set make use, without labels. */
import { defineStage } from "../../pipeline/stage.ts";
import { effectiveRankMetric } from "../../results/feature_measures.ts";
import { featuresTensor } from "../extraction.ts";
import { writeMeasure } from "../feature_measures.ts";
import type { Services } from "../services.ts";
import type { Versions } from "../versions.ts";
import { featuresFile } from "./extract.ts";

export type EffectiveRankConfig = {
  /** That the features are of. */
  readonly layer: string;
  readonly threads: number;
  readonly versions: Versions;
};

export const effectiveRank = defineStage<
  EffectiveRankConfig,
  { readonly features: "features" },
  "measures",
  Services
>({
  name: "effective-rank",
  version: 1,
  inputs: { features: "features" },
  output: "measures",
  async run({ config: { layer, threads }, inputs, dir, services: { engine }, signal }) {
    using file = await engine.tensors.load(inputs.features.file(featuresFile));
    const features = file.get(featuresTensor);
    const value = await engine.representations.effectiveRank(features, { threads }, { signal });
    return await writeMeasure(dir, { metric: effectiveRankMetric, layer, value });
  },
});
