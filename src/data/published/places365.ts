import { exactly } from "./amount.ts";
import { byFolders } from "./by_folders.ts";
import type { PublishedSet } from "./data_set.ts";
import { findOne, needOne } from "./files.ts";
import { bySceneLists } from "./scene_lists.ts";

/** Places365-Standard, by its lists or with a folder for each class. */
export const places365: PublishedSet = {
  name: "places365",
  title: "Places365",
  size: { classes: 365, train: exactly(1_803_460), evaluation: exactly(36_500) },
  paper: { classes: 365, rows: "1.8M/36.5K" },
  metric: "top-1",
  samples: "pictures",
  use: "a different target of weak labels (Table 4)",
  layout: [
    "places365_train_standard.txt and places365_val.txt, with",
    "  data_256/<a>/<class>/*.jpg (or data_256_standard/, data_large/, data_large_standard/)",
    "  val_256/*.jpg (or val_large/)",
    "or, without lists, train/<class>/*.jpg and val/<class>/*.jpg",
  ],
  async list(root) {
    if (await findOne(root, ["places365_train_standard.txt"]) === undefined) {
      const [train, val] = [await needOne(root, ["train"]), await needOne(root, ["val"])];
      const trained = await byFolders(root, train, "train");
      const validated = await byFolders(root, val, "validation");
      return {
        kind: "single",
        samples: [...trained.labelled, ...validated.labelled],
        missing: [],
      };
    }
    return await bySceneLists(root, {
      train: {
        list: "places365_train_standard.txt",
        folder: await needOne(root, [
          ...["data_256", "data_256_standard", "data_large", "data_large_standard"],
        ]),
      },
      val: {
        list: await needOne(root, ["places365_val.txt"]),
        folder: await needOne(root, ["val_256", "val_large"]),
      },
    });
  },
};
