/** Npre (and Npre 2x, which only has more epochs): the teacher's own task (paper, section 4). */
import { defineStage } from "../../pipeline/stage.ts";
import { readImages } from "../read_data.ts";
import type { Services } from "../services.ts";
import { type TrainConfig, trainNetwork } from "../train_network.ts";

/** RotNet: tell by which of 4 angles a picture was turned (paper, section 4.2). */
export const pretrainRotnet = defineStage<
  TrainConfig,
  { readonly images: "images" },
  "network",
  Services
>({
  name: "pretrain-rotnet",
  version: 2,
  inputs: { images: "images" },
  output: "network",
  async run({ inputs, services: { engine }, ...context }) {
    using file = await engine.tensors.load(inputs.images.file("images.safetensors"));
    return await trainNetwork({
      ...context,
      engine,
      task: "rotate",
      classes: 4,
      images: file.get("images"),
      labels: null,
    });
  },
});

/** Weak supervision: one name tag drawn per picture is its label (paper, section 4.1). */
export const pretrainHashtags = defineStage<
  TrainConfig,
  { readonly images: "images" },
  "network",
  Services
>({
  name: "pretrain-hashtags",
  version: 2,
  inputs: { images: "images" },
  output: "network",
  async run({ inputs, services: { engine }, ...context }) {
    using file = await engine.tensors.load(inputs.images.file("images.safetensors"));
    const { classes } = await readImages(inputs.images);
    return await trainNetwork({
      ...context,
      engine,
      task: "classify",
      classes: classes.length,
      images: file.get("images"),
      labels: file.get("labels"),
    });
  },
});
