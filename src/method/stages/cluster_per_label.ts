/** Stage: k-means within each label; cluster ids are unique over all labels (paper, section 5, Figure 6). */
import { checkSingle, labelsFile, readLabels } from "../../data/labels.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { writeClusters } from "../clusters.ts";
import { fitPerLabel } from "../fit_per_label.ts";
import type { Services } from "../services.ts";
import type { ClusterConfig } from "./cluster.ts";
import { featuresFile } from "./extract.ts";

export const clusterPerLabel = defineStage<
  ClusterConfig,
  { readonly features: "features"; readonly labels: "labels" },
  "labels",
  Services
>({
  name: "cluster-per-label",
  version: 1,
  inputs: { features: "features", labels: "labels" },
  output: "labels",
  async run({ config, inputs, dir, services: { engine }, signal, progress }) {
    const card = await readLabels(inputs.labels);
    checkSingle(card, "cluster per label");
    using file = await engine.tensors.load(inputs.features.file(featuresFile));
    using labelsOfRows = await engine.tensors.load(inputs.labels.file(labelsFile));
    const labels = engine.tensors.toArray(labelsOfRows.get("labels"));
    const found = await fitPerLabel(
      engine,
      file.get("features"),
      { labels, classes: card.classes },
      { ...config, folder: dir },
      { signal, onProgress: (done, total) => progress({ done, total, unit: "labels" }) },
    );
    const { sizes, iterations, objective, empty, distinct } = found;
    return await writeClusters(engine, dir, found, {
      ...{ k: config.k, points: labels.length, sizes: [...sizes] },
      ...{ iterations, objective, empty, distinct },
    });
  },
});
