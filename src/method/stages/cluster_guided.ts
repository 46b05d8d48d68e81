/** Stage: k-means that labels guide: clusters whose rows are near each other and have the same labels. */
import { checkSingle, labelsFile, readLabels } from "../../data/labels.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { writeClustering } from "../clusters.ts";
import { asClustered } from "../fit_clusters.ts";
import type { Services } from "../services.ts";
import type { ClusterConfig } from "./cluster.ts";
import { featuresFile } from "./extract.ts";

export type GuidedConfig =
  & Pick<
    ClusterConfig,
    "k" | "iterations" | "normalise" | "seed" | "device" | "threads" | "versions"
  >
  & {
    /** Of the labels: rows of different ones are as if their squared distance were twice the weight larger. */
    readonly weight: number;
  };

export const clusterGuided = defineStage<
  GuidedConfig,
  { readonly features: "features"; readonly labels: "labels" },
  "labels",
  Services
>({
  name: "cluster-guided",
  version: 1,
  inputs: { features: "features", labels: "labels" },
  output: "labels",
  async run({ config, inputs, dir, services: { engine }, signal, progress }) {
    const card = await readLabels(inputs.labels);
    checkSingle(card, "guide clusters");
    using file = await engine.tensors.load(inputs.features.file(featuresFile));
    using labels = await engine.tensors.load(inputs.labels.file(labelsFile));
    using clustering = await asClustered(
      engine,
      file.get("features"),
      { ...config, folder: dir },
      (rows) =>
        engine.kmeans.guide(rows, labels.get("labels"), card.classes, config, {
          signal,
          onProgress: (done, total) => progress({ done, total, unit: "iterations" }),
        }),
    );
    return await writeClustering(engine, dir, clustering);
  },
});
