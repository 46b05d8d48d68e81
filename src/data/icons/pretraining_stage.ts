/** Stage: the dataset to pre-train on, each image once. */
import { UserError } from "../../pipeline/errors.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { writeDataset } from "../dataset.ts";
import type { DataServices } from "../services.ts";
import { askPretraining } from "./ask.ts";
import { writePretrainingCard } from "./cards.ts";
import type { TaggedIcon } from "./choose_pretraining.ts";
import { DistinctImages } from "./distinct.ts";
import { iconId } from "./icon.ts";
import { packImages, render } from "./render.ts";

export type PretrainingConfig = {
  /** Rows to draw. */
  readonly images: number;
  /** Limits the icons to those that carry one of that many commonest names; no limit where null. */
  readonly names: number | null;
  /** Seed of the draw and of the words that are held out; the targets must be given the same. */
  readonly dataSeed: number;
  /** Of the packages that decide the images and their files. */
  readonly versions: Readonly<Record<string, string>>;
};

/** Icons asked for, for so many images: a few render to the same pixels. */
export function iconsToAsk(images: number): number {
  return Math.ceil(1.2 * images);
}

export const renderPretraining = defineStage<
  PretrainingConfig,
  Record<never, never>,
  "dataset",
  DataServices
>({
  name: "icons.pretraining",
  version: 2,
  inputs: {},
  output: "dataset",
  async run({ config: { images: total, names, dataSeed: seed }, dir, services, signal, progress }) {
    const question = { seed, names, icons: iconsToAsk(total) };
    const choice = await askPretraining(question, signal);
    requireIcons(choice.icons.length, total);
    const images = new DistinctImages<TaggedIcon>();
    for await (const rendered of render(choice.icons, signal)) {
      images.add(rendered);
      progress({ done: images.rows.length, total, unit: "icons" });
      if (images.rows.length === total) break;
    }
    const { rows } = images;
    requireIcons(rows.length, total);
    const sources = rows.map(({ icon }) => iconId(icon));
    return [
      ...await writeDataset(dir, services, packImages(rows), { title: "Icons", sources }),
      await writePretrainingCard(dir, {
        digests: rows.map(({ digest }) => digest),
        seen: { ...choice.seen },
        hashtags: {
          names: [...choice.vocabulary],
          labels: rows.map(({ icon }) => icon.hashtag),
        },
      }),
    ];
  },
});

/** Throws a UserError where too few icons were found for so many images. */
export function requireIcons(found: number, total: number): void {
  if (found >= total) return;
  throw new UserError(
    `Cannot draw icons to pre-train on: it needs ${total} different ones, found ${found} in the icon ` +
      "sets. Ask for at most that many images.",
  );
}
