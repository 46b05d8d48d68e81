/** Stage: how many of the nearest neighbours of a row two networks agree on, without labels. */
import { defineStage } from "../../pipeline/stage.ts";
import { neighbourAgreementMetric } from "../../results/feature_measures.ts";
import { featuresTensor } from "../extraction.ts";
import { writeMeasure } from "../feature_measures.ts";
import type { Services } from "../services.ts";
import type { Versions } from "../versions.ts";
import { featuresFile } from "./extract.ts";

export type NeighbourAgreementConfig = {
  /** That the features are of. */
  readonly layer: string;
  readonly neighbours: number;
  /** Rows that are compared at most, drawn by the seed. */
  readonly limit: number;
  readonly seed: number;
  readonly threads: number;
  readonly versions: Versions;
};

export const neighbourAgreement = defineStage<
  NeighbourAgreementConfig,
  { readonly features: "features"; readonly reference: "features" },
  "measures",
  Services
>({
  name: "neighbour-agreement",
  version: 1,
  inputs: { features: "features", reference: "features" },
  output: "measures",
  async run({ config, inputs, dir, services: { engine }, signal }) {
    using own = await engine.tensors.load(inputs.features.file(featuresFile));
    using other = await engine.tensors.load(inputs.reference.file(featuresFile));
    const value = await engine.representations.neighbourAgreement(
      own.get(featuresTensor),
      other.get(featuresTensor),
      config,
      { signal },
    );
    return await writeMeasure(dir, {
      metric: neighbourAgreementMetric,
      layer: config.layer,
      value,
    });
  },
});
