/** Stage: which row of a target is in which part. */
import { defineStage } from "../../../pipeline/stage.ts";
import { writeParts } from "../../parts.ts";
import type { DataServices } from "../../services.ts";
import { readTargetCard } from "../cards.ts";

export type TargetPartsConfig = {
  /** Of the packages that decide the bytes of the files. */
  readonly versions: Readonly<Record<string, string>>;
};

export const partTarget = defineStage<
  TargetPartsConfig,
  { readonly data: "dataset" },
  "parts",
  DataServices
>({
  name: "icons.target-parts",
  version: 1,
  inputs: { data: "dataset" },
  output: "parts",
  async run({ inputs, dir, services }) {
    const { parts } = await readTargetCard(inputs.data);
    return await writeParts(dir, services, parts);
  },
});
