/** Stage: icons to pre-train on, each picture once. */
import { UserError } from "../../pipeline/errors.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { writeImages } from "../artifacts.ts";
import type { DataServices } from "../services.ts";
import { askPretraining } from "./ask.ts";
import type { TaggedIcon } from "./choose_pretraining.ts";
import { iconId } from "./icon.ts";
import { type Picture, pictureBytes, render, side } from "./render.ts";

export type PretrainingConfig = {
  /** Pictures to draw. */
  readonly images: number;
  /** Seed of the draw and of the words that are held out; the targets must be given the same. */
  readonly dataSeed: number;
};

/** Icons asked for, per picture wanted: some render to the same pixels. */
const spare = 1.5;

export const renderPretraining = defineStage<
  PretrainingConfig,
  Record<never, never>,
  "images",
  DataServices
>({
  name: "icons.pretraining",
  version: 1,
  inputs: {},
  output: "images",
  async run({ config, dir, services, signal, progress }) {
    const total = config.images;
    const choice = await askPretraining(
      { seed: config.dataSeed, icons: Math.ceil(spare * total) },
      signal,
    );
    const kept = new Map<string, Picture<TaggedIcon>>();
    for await (const picture of render(choice.icons, signal)) {
      if (kept.has(picture.digest)) continue;
      kept.set(picture.digest, picture);
      progress({ done: kept.size, total, unit: "icons" });
      if (kept.size === total) break;
    }
    if (kept.size < total) {
      throw new UserError(
        `Drawing ${total} different icons to pre-train on needs a larger pool: the icon sets have ` +
          `${kept.size}. Ask for at most that many images.`,
      );
    }
    const pixels = new Uint8Array(total * pictureBytes);
    const pictures = [...kept.values()];
    pictures.forEach((picture, row) => pixels.set(picture.pixels, row * pictureBytes));
    return await writeImages(dir, services, {
      height: side,
      width: side,
      pixels,
      labels: pictures.map(({ icon }) => icon.hashtag),
    }, {
      title: "Icons",
      images: total,
      classes: [...choice.vocabulary],
      seen: { ...choice.seen },
      rows: pictures.map(({ icon, digest }) => ({ source: iconId(icon), digest })),
    });
  },
});
