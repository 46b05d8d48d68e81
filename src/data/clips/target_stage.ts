/** Stage: clips of icons that pre-training never saw, all parts of a target. */
import { UserError } from "../../pipeline/errors.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { writeDataset } from "../dataset.ts";
import { shuffled } from "../draw.ts";
import { askTarget } from "../icons/ask.ts";
import { readPretrainingCard, writeTargetCard } from "../icons/cards.ts";
import { DistinctImages } from "../icons/distinct.ts";
import { iconId } from "../icons/icon.ts";
import { allTokensOf } from "../icons/names.ts";
import { render } from "../icons/render.ts";
import type { ChosenIcon } from "../icons/targets/target.ts";
import type { DataServices } from "../services.ts";
import { splits } from "../split.ts";
import { writeMotions } from "./cards.ts";
import { motionOf } from "./paint.ts";
import { paintAll } from "./paint_all.ts";

export type ClipTargetConfig = {
  /** Names of icons to draw. */
  readonly nouns: number;
  /** Clips of each part; an icon has several where there are fewer. */
  readonly clips: { readonly train: number; readonly validation: number; readonly test: number };
  /** The seed that the pre-training icons were drawn with. */
  readonly dataSeed: number;
  /** Of the packages that decide the images and their files. */
  readonly versions: Readonly<Record<string, string>>;
};

export const paintTarget = defineStage<
  ClipTargetConfig,
  { readonly pretraining: "dataset" },
  "dataset",
  DataServices
>({
  name: "clips.target",
  version: 1,
  inputs: { pretraining: "dataset" },
  output: "dataset",
  async run({ config: { nouns, clips, dataSeed: seed }, inputs, dir, services, ...watch }) {
    const { digests, seen, hashtags } = await readPretrainingCard(inputs.pretraining);
    const known = { seen: new Map(Object.entries(seen)), hashtags: hashtags.names };
    const question = { icons: "held-out-families", size: nouns, seed, ...known };
    const choice = await askTarget(question, watch.signal);
    const images = new DistinctImages<ChosenIcon>(digests);
    for await (const rendered of render(choice.icons, watch.signal)) images.add(rendered);
    const rows = splits.flatMap((split) => {
      const ofPart = images.rows.filter(({ icon }) => icon.split === split);
      if (ofPart.length === 0) {
        throw new UserError(
          `Cannot paint clips: it needs icons in each part, found none for ${split} among ` +
            `${choice.icons.length}. Draw more names (${nouns} now).`,
        );
      }
      const drawn = shuffled(seed, ofPart, ({ icon }) => iconId(icon));
      return Array.from({ length: clips[split] }, (_, clip) => {
        const { icon, pixels } = drawn[clip % drawn.length]!;
        const name = `${iconId(icon)}#${Math.floor(clip / drawn.length)}`;
        return { name, icon: pixels, motion: motionOf(seed, name), of: icon };
      });
    });
    return [
      ...await writeDataset(dir, services, await paintAll(rows, seed, watch), {
        title: "Clips, held-out families",
        sources: rows.map(({ name }) => name),
      }),
      await writeTargetCard(dir, {
        parts: rows.map(({ of }) => of.split),
        chosen: { classes: [...choice.classes], labels: rows.map(({ of }) => of.label) },
        tokens: rows.map(({ of }) => [...allTokensOf(of)]),
      }),
      await writeMotions(dir, rows.map(({ motion }) => motion)),
    ];
  },
});
