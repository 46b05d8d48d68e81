import { exactly } from "./amount.ts";
import type { PublishedSet } from "./data_set.ts";
import { needOne } from "./files.ts";
import { bySceneLists } from "./scene_lists.ts";

/** Places205, by its lists. */
export const places205: PublishedSet = {
  name: "places205",
  title: "Places205",
  size: { classes: 205, train: exactly(2_448_873), evaluation: exactly(20_500) },
  paper: { classes: 205, rows: "2.4M/21K" },
  metric: "top-1",
  probeEpochs: 14,
  samples: "pictures",
  use: "a target of Jigsaw and RotNet (Tables 6 to 8)",
  layout: [
    "trainvalsplit_places205/train_places205.csv and val_places205.csv (or without that folder)",
    "images256/<a>/<class>/*.jpg (or data/vision/torralba/deeplearning/images256/)",
  ],
  async list(root) {
    const folder = await needOne(root, [
      "images256",
      "data/vision/torralba/deeplearning/images256",
    ]);
    const list = (part: string) =>
      needOne(root, [`trainvalsplit_places205/${part}_places205.csv`, `${part}_places205.csv`]);
    return await bySceneLists(root, {
      train: { list: await list("train"), folder },
      val: { list: await list("val"), folder },
    });
  },
};
