/** Stage: k-means of the features; the cluster ids become the labels of Dcf (paper, section 3.1). */
import type { Scratch } from "../../engine/engine.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { writeClustering } from "../clusters.ts";
import { fitClusters, type FitOptions } from "../fit_clusters.ts";
import type { Services } from "../services.ts";
import type { Versions } from "../versions.ts";
import { featuresFile } from "./extract.ts";

export type ClusterConfig = Omit<FitOptions, keyof Scratch> & { readonly versions: Versions };

export const cluster = defineStage<
  ClusterConfig,
  { readonly features: "features" },
  "labels",
  Services
>({
  name: "cluster",
  version: 3,
  inputs: { features: "features" },
  output: "labels",
  async run({ config, inputs, dir, services: { engine }, signal, progress }) {
    using file = await engine.tensors.load(inputs.features.file(featuresFile));
    const raw = file.get("features");
    using clustering = await fitClusters(engine, raw, { ...config, folder: dir }, {
      signal,
      onProgress: (done, total) => progress({ done, total, unit: "iterations" }),
    });
    return await writeClustering(engine, dir, clustering);
  },
});
