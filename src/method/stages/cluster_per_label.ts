/** Stage: k-means within each label; cluster ids are unique over all labels (paper, section 5, Figure 6). */
import { checkSingle, labelsFile, readLabels } from "../../data/labels.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { writeClusters } from "../clusters.ts";
import { clustersPerLabel } from "../per_label.ts";
import { seedFor } from "../seed.ts";
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
    const raw = file.get("features");
    const scratch = { folder: dir };
    using features = config.normalise ? await engine.features.l2Normalise(raw, scratch) : raw;
    const [points = 0, dimensions = 0] = features.shape;
    const rowsOf: number[][] = Array.from({ length: card.classes }, () => []);
    engine.tensors.toArray(labelsOfRows.get("labels")).forEach((label, row) =>
      rowsOf[label]?.push(row)
    );
    const counts = clustersPerLabel(config.k, rowsOf.map((rows) => rows.length));

    const ids = new BigInt64Array(points);
    const centroids = new Float32Array(config.k * dimensions);
    const sizes: number[] = [];
    const total = { iterations: 0, objective: 0, empty: 0, distinct: 0 };
    for (const [label, rows] of rowsOf.entries()) {
      signal.throwIfAborted();
      const k = counts[label] ?? 0;
      if (k === 0) continue;
      const first = sizes.length;
      using own = engine.tensors.take(features, rows, scratch);
      const seed = seedFor(config.seed, `label ${label}`);
      using clustering = await engine.kmeans.fit(
        own,
        { ...config, k, seed, ...scratch },
        { signal },
      );
      engine.tensors.toArray(clustering.labels).forEach((id, at) => {
        ids[rows[at] ?? 0] = BigInt(first + id);
      });
      centroids.set(engine.tensors.toArray(clustering.centroids), first * dimensions);
      sizes.push(...clustering.sizes);
      total.iterations = Math.max(total.iterations, clustering.objectives.length);
      total.objective += clustering.objective;
      total.empty += clustering.empty;
      total.distinct += clustering.distinct;
      progress({ done: label + 1, total: card.classes, unit: "labels" });
    }
    return await writeClusters(
      engine,
      dir,
      {
        labels: { data: ids, shape: [points] },
        centroids: { data: centroids, shape: [config.k, dimensions] },
      },
      { k: config.k, points, sizes, ...total },
    );
  },
});
