/** Stage: which clip of a target is in which part. */
import { defineStage } from "../../pipeline/stage.ts";
import { readTargetCard } from "../icons/cards.ts";
import type { TargetPartsConfig } from "../icons/targets/parts_stage.ts";
import { writeParts } from "../parts.ts";
import type { DataServices } from "../services.ts";

export const partClips = defineStage<
  TargetPartsConfig,
  { readonly data: "dataset" },
  "parts",
  DataServices
>({
  name: "clips.parts",
  version: 1,
  inputs: { data: "dataset" },
  output: "parts",
  async run({ inputs, dir, services }) {
    return await writeParts(dir, services, (await readTargetCard(inputs.data)).parts);
  },
});
