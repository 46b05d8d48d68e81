import { UserError } from "../../pipeline/errors.ts";
import { about } from "./amount.ts";
import type { PublishedSet, Root } from "./data_set.ts";
import { needOne } from "./files.ts";
import { readLines, readList } from "./lists.ts";
import { lookUpVideos } from "./look_up.ts";

/** Sports-1M. Videos vanish from YouTube, so that lists name more than anybody has. */
export const sports1m: PublishedSet = {
  name: "sports1m",
  title: "Sports1M",
  size: { classes: 487, train: about("882K"), evaluation: about("204K") },
  paper: { classes: 487, rows: "882K/204K" },
  metric: "top-1",
  samples: "videos",
  use: "a target of weakly supervised videos (Table 5, Figures 6 and 8)",
  layout: [
    "labels.txt: a class a line",
    "original/train_partition.txt and test_partition.txt (or without that folder): an address at YouTube and the " +
    "numbers of its classes, of which the first is taken",
    "videos anywhere below: <youtube id>.mp4",
  ],
  async list(root) {
    const classes = await readLines(root, await needOne(root, ["labels.txt"]));
    const listed = [
      ...await readPartition(root, "train", classes),
      ...await readPartition(root, "test", classes),
    ];
    return { kind: "single", ...await lookUpVideos(root, listed) };
  },
};

async function readPartition(root: Root, part: "train" | "test", classes: readonly string[]) {
  const name = `${part}_partition.txt`;
  const list = await needOne(root, [`original/${name}`, name]);
  const rows = await readList(root, list, line, "<address>?v=<id> <number>,<number>");
  return rows.map(([id, number]) => {
    const label = classes[Number(number)];
    if (label !== undefined) return { stems: [id!], part, label };
    throw new UserError(
      `Cannot open ${root.given}: it needs a line of labels.txt for each class of ${list}, found class ` +
        `${number} and ${classes.length} lines. Fetch both again.`,
    );
  });
}

const line = /[?&]v=([\w-]+)\S*\s+(\d+)[\d,]*$/;
