/** Stage: clips to pre-train on, one of each icon. */
import { defineStage } from "../../pipeline/stage.ts";
import { writeDataset } from "../dataset.ts";
import { askPretraining } from "../icons/ask.ts";
import { writePretrainingCard } from "../icons/cards.ts";
import type { TaggedIcon } from "../icons/choose_pretraining.ts";
import { DistinctImages } from "../icons/distinct.ts";
import { iconId } from "../icons/icon.ts";
import { iconsToAsk, type PretrainingConfig, requireIcons } from "../icons/pretraining_stage.ts";
import { render } from "../icons/render.ts";
import type { DataServices } from "../services.ts";
import { writeMotions } from "./cards.ts";
import { motionOf } from "./paint.ts";
import { paintAll } from "./paint_all.ts";

export const paintPretraining = defineStage<
  PretrainingConfig,
  Record<never, never>,
  "dataset",
  DataServices
>({
  name: "clips.pretraining",
  version: 1,
  inputs: {},
  output: "dataset",
  async run({ config: { images: total, names, dataSeed: seed }, dir, services, ...watch }) {
    const question = { seed, names, icons: iconsToAsk(total) };
    const choice = await askPretraining(question, watch.signal);
    const images = new DistinctImages<TaggedIcon>();
    for await (const rendered of render(choice.icons, watch.signal)) {
      images.add(rendered);
      if (images.rows.length === total) break;
    }
    requireIcons(images.rows.length, total);
    const rows = images.rows.map(({ icon, pixels }) => {
      const name = iconId(icon);
      return { name, icon: pixels, motion: motionOf(seed, name) };
    });
    return [
      ...await writeDataset(dir, services, await paintAll(rows, seed, watch), {
        title: "Clips",
        sources: rows.map(({ name }) => name),
      }),
      await writePretrainingCard(dir, {
        digests: images.rows.map(({ digest }) => digest),
        seen: { ...choice.seen },
        hashtags: {
          names: [...choice.vocabulary],
          labels: images.rows.map(({ icon }) => icon.hashtag),
        },
      }),
      await writeMotions(dir, rows.map(({ motion }) => motion)),
    ];
  },
});
