/** k-means of the features: the cluster ids become the labels of Dcf (paper, section 3.1). */
import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomic } from "../../pipeline/files.ts";
import { defineStage } from "../../pipeline/stage.ts";
import type { Services } from "../services.ts";
import type { Versions } from "../versions.ts";

export const clustersFile = "clusters.json";

export const clustersSchema = z.object({
  k: z.int(),
  points: z.int(),
  iterations: z.int(),
  /** Sum of squared distances over all rows, float64. */
  objective: z.number(),
  sizes: z.array(z.int()),
  /** Clusters without a point. */
  empty: z.int(),
  /** Points that equal no earlier one: where they are fewer than k, clusters have to stay empty. */
  distinct: z.int(),
});

export type ClusterConfig = {
  readonly k: number;
  readonly iterations: number;
  readonly seed: number;
  readonly engine: "faiss" | "torch";
  readonly normalise: boolean;
  readonly device: string;
  readonly threads: number;
  readonly versions: Versions;
};

export const cluster = defineStage<
  ClusterConfig,
  { readonly features: "features" },
  "clusters",
  Services
>({
  name: "cluster",
  version: 2,
  inputs: { features: "features" },
  output: "clusters",
  async run({ config, inputs, dir, services: { engine }, signal, progress }) {
    using file = await engine.tensors.load(inputs.features.file("features.safetensors"));
    const raw = file.get("features");
    using features = config.normalise ? await engine.features.l2Normalise(raw) : raw;
    using clustering = await engine.kmeans.fit(features, config, {
      signal,
      onProgress: (done, total) => progress({ done, total, unit: "iterations" }),
    });
    const { centroids, labels, objective, objectives, sizes, empty, distinct } = clustering;
    await engine.tensors.save(join(dir, "clusters.safetensors"), { centroids, labels });
    const card: z.infer<typeof clustersSchema> = {
      k: config.k,
      points: sizes.reduce((sum, size) => sum + size, 0),
      iterations: objectives.length,
      objective,
      sizes: [...sizes],
      empty,
      distinct,
    };
    await writeFileAtomic(join(dir, clustersFile), `${JSON.stringify(card)}\n`);
    return ["clusters.safetensors", clustersFile];
  },
});
