/** Stage: the dataset of a target, all parts of it; no image is in two parts or in pre-training. */
import { UserError } from "../../../pipeline/errors.ts";
import { defineStage } from "../../../pipeline/stage.ts";
import { writeDataset } from "../../dataset.ts";
import type { DataServices } from "../../services.ts";
import { splits } from "../../split.ts";
import { askTarget } from "../ask.ts";
import { readPretrainingCard, writeTargetCard } from "../cards.ts";
import { DistinctImages } from "../distinct.ts";
import { iconId } from "../icon.ts";
import { allTokensOf } from "../names.ts";
import { packImages, render } from "../render.ts";
import type { ChosenIcon } from "./target.ts";

export type RowsConfig = {
  /** Name of the `TargetIcons`. */
  readonly icons: string;
  readonly title: string;
  /** Names or emoji to draw; all of them where null. */
  readonly size: number | null;
  /** The seed that the pre-training icons were drawn with. */
  readonly dataSeed: number;
  /** Of the packages that decide the images and their files. */
  readonly versions: Readonly<Record<string, string>>;
};

export const renderTarget = defineStage<
  RowsConfig,
  { readonly pretraining: "dataset" },
  "dataset",
  DataServices
>({
  name: "icons.target",
  version: 2,
  inputs: { pretraining: "dataset" },
  output: "dataset",
  async run({ config, inputs, dir, services, signal, progress }) {
    const { icons, title, size, dataSeed: seed } = config;
    const { digests, seen, hashtags } = await readPretrainingCard(inputs.pretraining);
    const choice = await askTarget(
      { icons, size, seed, seen: new Map(Object.entries(seen)), hashtags: hashtags.names },
      signal,
    );
    const total = choice.icons.length;
    const images = new DistinctImages<ChosenIcon>(digests);
    let done = 0;
    for await (const rendered of render(inSplitOrder(choice.icons), signal)) {
      images.add(rendered);
      progress({ done: ++done, total, unit: "icons" });
    }
    const { rows } = images;
    const parts = rows.map(({ icon }) => icon.split);
    const empty = splits.find((split) => !parts.includes(split));
    if (empty !== undefined) {
      throw new UserError(
        `Cannot render the target "${title}": it needs images in each part, found none for ${empty} ` +
          `among ${total} icons. Draw more names or emoji (targetSize is ${size}).`,
      );
    }
    const sources = rows.map(({ icon }) => iconId(icon));
    return [
      ...await writeDataset(dir, services, packImages(rows), { title, sources }),
      await writeTargetCard(dir, {
        parts,
        chosen: { classes: [...choice.classes], labels: rows.map(({ icon }) => icon.label) },
        tokens: rows.map(({ icon }) => [...allTokensOf(icon)]),
      }),
    ];
  },
});

/** Training icons first: where two icons look the same, the earlier part keeps the image. */
function inSplitOrder(icons: readonly ChosenIcon[]): ChosenIcon[] {
  return icons.toSorted((a, b) => splits.indexOf(a.split) - splits.indexOf(b.split));
}
