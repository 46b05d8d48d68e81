import { join } from "node:path";
import { UserError } from "../../pipeline/errors.ts";
import { readTable } from "../../tables/read.ts";
import { about } from "./amount.ts";
import type { PublishedSet, Root } from "./data_set.ts";
import { needOne } from "./files.ts";
import { lookUpVideos } from "./look_up.ts";

/** Kinetics-400. Videos vanish from YouTube, so that lists name more than anybody has. */
export const kinetics: PublishedSet = {
  name: "kinetics",
  title: "Kinetics",
  size: { classes: 400, train: about("246K"), evaluation: about("20K") },
  paper: { classes: 400, rows: "246K/20K" },
  metric: "top-1",
  samples: "videos",
  use: "a target of weakly supervised videos (Table 5, Figures 5 to 8)",
  layout: [
    "train.csv (or kinetics-400_train.csv, kinetics_train.csv) and validate.csv (or val.csv, kinetics-400_val.csv, " +
    "kinetics_val.csv), with the columns label, youtube_id, time_start, time_end",
    "videos anywhere below: <youtube_id>_<time_start>_<time_end>.mp4 with six digits, or <youtube_id>.mp4",
  ],
  async list(root) {
    const train = await clipsOf(root, await needOne(root, lists.train), "train");
    const validation = await clipsOf(root, await needOne(root, lists.validation), "validation");
    return { kind: "single", ...await lookUpVideos(root, [...train, ...validation]) };
  },
};

const lists = {
  train: ["train.csv", "kinetics-400_train.csv", "kinetics_train.csv"],
  validation: ["validate.csv", "val.csv", "kinetics-400_val.csv", "kinetics_val.csv"],
};

const columnNames = ["label", "youtube_id", "time_start", "time_end"] as const;

/** The label of each clip, and what its file may be called, without the extension. */
async function clipsOf(root: Root, list: string, part: "train" | "validation") {
  const { columns, rows } = await readTable(join(root.path, list));
  const [labels, ids, starts, ends] = columnNames.map((name) => {
    const column = columns.get(name);
    if (column) return column.map(String);
    const [needed, found] = [columnNames.join(", "), [...columns.keys()].join(", ")];
    throw new UserError(
      `Cannot open ${root.given}: it needs the columns ${needed} in ${list}, found ${found}. Fetch the list again.`,
    );
  }) as [string[], string[], string[], string[]];
  const seconds = (text: string) => String(Math.round(Number(text))).padStart(6, "0");
  return Array.from({ length: rows }, (_, row) => ({
    part,
    label: labels[row]!,
    stems: [`${ids[row]}_${seconds(starts[row]!)}_${seconds(ends[row]!)}`, ids[row]!],
  }));
}
