/** Stage: one noisy name of each icon as its label (paper, section 4.1: hashtags). */
import { defineStage } from "../../pipeline/stage.ts";
import { writeLabels } from "../labels.ts";
import type { DataServices } from "../services.ts";
import { readPretrainingCard } from "./cards.ts";

export type HashtagsConfig = {
  /** Of the packages that decide the bytes of the files. */
  readonly versions: Readonly<Record<string, string>>;
};

export const hashtags = defineStage<
  HashtagsConfig,
  { readonly data: "dataset" },
  "labels",
  DataServices
>({
  name: "icons.hashtags",
  version: 1,
  inputs: { data: "dataset" },
  output: "labels",
  async run({ inputs, dir, services }) {
    const { hashtags } = await readPretrainingCard(inputs.data);
    return await writeLabels(dir, services, { title: "Hashtags", kind: "single", ...hashtags });
  },
});
