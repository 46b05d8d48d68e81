/** Stage: icons to pre-train on, each picture once. */
import { UserError } from "../../pipeline/errors.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { type Images, writeImages } from "../artifacts.ts";
import type { DataServices } from "../services.ts";
import { askPretraining } from "./ask.ts";
import { iconId } from "./icon.ts";
import { pictureBytes, render, side } from "./render.ts";

export type PretrainingConfig = {
  /** Pictures to draw. */
  readonly images: number;
  /** Seed of the draw and of the words that are held out; the targets must be given the same. */
  readonly dataSeed: number;
  /** Of the packages that decide the pictures and their files. */
  readonly versions: Readonly<Record<string, string>>;
};

/** Icons asked for, per picture wanted: a few render to the same pixels. */
const spare = 1.2;

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
    requireIcons(choice.icons.length, total);
    const known = new Set<string>();
    const labels: number[] = [];
    const rows: Images["rows"] = [];
    const pixels = new Uint8Array(total * pictureBytes);
    for await (const { icon, digest, pixels: picture } of render(choice.icons, signal)) {
      if (known.has(digest)) continue;
      known.add(digest);
      pixels.set(picture, labels.length * pictureBytes);
      labels.push(icon.hashtag);
      rows.push({ source: iconId(icon), digest });
      progress({ done: labels.length, total, unit: "icons" });
      if (labels.length === total) break;
    }
    requireIcons(labels.length, total);
    return await writeImages(dir, services, { height: side, width: side, pixels, labels }, {
      title: "Icons",
      images: total,
      classes: [...choice.vocabulary],
      seen: { ...choice.seen },
      rows,
    });
  },
});

function requireIcons(found: number, total: number): void {
  if (found >= total) return;
  throw new UserError(
    `Drawing ${total} different icons to pre-train on needs a larger pool: the icon sets have ` +
      `${found}. Ask for at most that many images.`,
  );
}
