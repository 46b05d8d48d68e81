/** Stage: the nearest mean of a label's features becomes the label of a row (paper, section 4, "Prototype"). */
import { labelsFile, readLabels } from "../../data/labels.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { writeClustering } from "../clusters.ts";
import { asClustered } from "../fit_clusters.ts";
import type { Services } from "../services.ts";
import type { ClusterConfig } from "./cluster.ts";
import { featuresFile } from "./extract.ts";

export type PrototypesConfig = Pick<
  ClusterConfig,
  "normalise" | "engine" | "device" | "threads" | "versions"
>;

export const prototypes = defineStage<
  PrototypesConfig,
  { readonly features: "features"; readonly labels: "labels" },
  "labels",
  Services
>({
  name: "prototypes",
  version: 1,
  inputs: { features: "features", labels: "labels" },
  output: "labels",
  async run({ config, inputs, dir, services: { engine } }) {
    using file = await engine.tensors.load(inputs.features.file(featuresFile));
    using labels = await engine.tensors.load(inputs.labels.file(labelsFile));
    const { classes } = await readLabels(inputs.labels);
    const how = { ...config, folder: dir };
    using clustering = await asClustered(
      engine,
      file.get("features"),
      how,
      (rows) => engine.kmeans.prototypes(rows, labels.get("labels"), classes, how),
    );
    return await writeClustering(engine, dir, clustering);
  },
});
