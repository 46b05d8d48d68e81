import { exactly } from "./amount.ts";
import type { PublishedSet, Root } from "./data_set.ts";
import { needOne } from "./files.ts";
import { readList } from "./lists.ts";
import { lookUp } from "./look_up.ts";

/** 20BN-Something-Something V1: a folder of frames, 12 a second, for each video. */
export const somethingSomethingV1: PublishedSet = {
  name: "something-something-v1",
  title: "Sth-Sth V1",
  size: { classes: 174, train: exactly(86_017), evaluation: exactly(11_522) },
  paper: { classes: 174, rows: "86K/11.5K" },
  metric: "top-1",
  samples: "folders of frames",
  use: "a target of weakly supervised videos that appearance does not give away (Table 5)",
  layout: [
    "something-something-v1-train.csv and something-something-v1-validation.csv: the number of a video; its class",
    "20bn-something-something-v1/<number>/00001.jpg ...",
  ],
  async list(root) {
    const folder = await needOne(root, ["20bn-something-something-v1"]);
    const listed = [
      ...await videosOf(root, "train", folder),
      ...await videosOf(root, "validation", folder),
    ];
    return { kind: "single", ...await lookUp(root, listed) };
  },
};

async function videosOf(root: Root, part: "train" | "validation", folder: string) {
  const list = await needOne(root, [`something-something-v1-${part}.csv`]);
  const rows = await readList(root, list, /^(\d+);(.+)$/, "<number>;<class>");
  return rows.map(([number, label]) => ({ name: `${folder}/${number}`, part, label: label! }));
}
