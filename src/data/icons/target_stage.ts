/** Stage: one target's labelled pictures in three parts, none of them a picture of another part or of
 * pre-training. */
import { UserError } from "../../pipeline/errors.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { imagesSchema, type LabelledImages, writeTarget } from "../artifacts.ts";
import type { DataServices } from "../services.ts";
import { type Split, splits } from "../split.ts";
import { askTarget } from "./ask.ts";
import type { TargetName } from "./choices.ts";
import type { LabelledIcon } from "./choose_target.ts";
import { iconId } from "./icon.ts";
import { type Picture, pictureBytes, render, side } from "./render.ts";

export type TargetConfig = {
  readonly target: TargetName;
  readonly title: string;
  /** Names or emoji to draw; all of them where null. */
  readonly size: number | null;
  /** The seed that the pre-training icons were drawn with. */
  readonly dataSeed: number;
  /** Of the packages that decide the pictures and their files. */
  readonly versions: Readonly<Record<string, string>>;
};

export const renderTarget = defineStage<
  TargetConfig,
  { readonly pretraining: "images" },
  "target",
  DataServices
>({
  name: "icons.target",
  version: 1,
  inputs: { pretraining: "images" },
  output: "target",
  async run({ config, inputs, dir, services, signal, progress }) {
    const { target, title, size, dataSeed: seed } = config;
    const path = inputs.pretraining.file("images.json");
    const pretraining = imagesSchema.parse(JSON.parse(await Deno.readTextFile(path)));
    const choice = await askTarget({ target, size, seed, seen: pretraining.seen }, signal);
    const total = choice.icons.length;
    const known = new Set(pretraining.rows.map(({ digest }) => digest));
    const parts: Record<Split, Picture<LabelledIcon>[]> = { train: [], validation: [], test: [] };
    let done = 0;
    for await (const picture of render(inSplitOrder(choice.icons), signal)) {
      progress({ done: ++done, total, unit: "icons" });
      if (known.has(picture.digest)) continue;
      known.add(picture.digest);
      parts[picture.icon.split].push(picture);
    }
    const empty = splits.find((split) => parts[split].length === 0);
    if (empty !== undefined) {
      throw new UserError(
        `The target "${title}" needs pictures in each part, but ${empty} has none of ` +
          `${total} icons. Ask for more names or emoji (size is ${size}).`,
      );
    }
    return await writeTarget(dir, services, perSplit(parts, tensorOf), {
      title,
      classes: [...choice.classes],
      ...perSplit(parts, (pictures) => pictures.length),
      sources: perSplit(parts, (pictures) => pictures.map(({ icon }) => iconId(icon))),
    });
  },
});

/** Training icons first: where two icons look the same, the earlier part keeps the picture. */
function inSplitOrder(icons: readonly LabelledIcon[]): LabelledIcon[] {
  return icons.toSorted((a, b) => splits.indexOf(a.split) - splits.indexOf(b.split));
}

function tensorOf(pictures: readonly Picture<LabelledIcon>[]): LabelledImages {
  const pixels = new Uint8Array(pictures.length * pictureBytes);
  pictures.forEach((picture, row) => pixels.set(picture.pixels, row * pictureBytes));
  return { height: side, width: side, pixels, labels: pictures.map(({ icon }) => icon.label) };
}

function perSplit<From, To>(
  parts: Readonly<Record<Split, From>>,
  to: (part: From) => To,
): Record<Split, To> {
  return {
    train: to(parts.train),
    validation: to(parts.validation),
    test: to(parts.test),
  };
}
