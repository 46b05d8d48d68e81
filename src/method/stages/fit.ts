/** Ncf: a new network, from scratch, on the cluster ids (paper, section 3.1). */
import { defineStage } from "../../pipeline/stage.ts";
import type { Services } from "../services.ts";
import { type TrainConfig, trainNetwork } from "../train_network.ts";

export const fit = defineStage<
  TrainConfig & { readonly k: number },
  { readonly images: "images"; readonly clusters: "clusters" },
  "network",
  Services
>({
  name: "fit",
  version: 2,
  inputs: { images: "images", clusters: "clusters" },
  output: "network",
  async run({ inputs, services: { engine }, ...context }) {
    using pictures = await engine.tensors.load(inputs.images.file("images.safetensors"));
    using clusters = await engine.tensors.load(inputs.clusters.file("clusters.safetensors"));
    return await trainNetwork({
      ...context,
      engine,
      task: "classify",
      classes: context.config.k,
      images: pictures.get("images"),
      labels: clusters.get("labels"),
    });
  },
});
