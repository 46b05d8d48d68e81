import { exactly } from "./amount.ts";
import type { PublishedSet, Root, Shown } from "./data_set.ts";
import { needOne } from "./files.ts";
import { readList } from "./lists.ts";
import { lookUp } from "./look_up.ts";

/** PASCAL VOC 2007, classification. */
export const voc07: PublishedSet = {
  name: "voc07",
  title: "VOC07",
  size: { classes: 20, train: exactly(5011), evaluation: exactly(4952) },
  paper: { classes: 20, rows: "5K/5K" },
  metric: "mAP",
  samples: "pictures",
  use: "a target of several labels of Jigsaw and RotNet (Tables 6 to 8)",
  layout: [
    "VOC2007/JPEGImages/*.jpg (VOC2007 itself may be given)",
    "VOC2007/ImageSets/Main/<class>_trainval.txt and <class>_test.txt: -1, 0 (difficult) or 1 for each picture",
  ],
  async list(root) {
    const pictures = await needOne(root, ["VOC2007/JPEGImages", "JPEGImages"]);
    const sets = pictures.replace("JPEGImages", "ImageSets/Main");
    const classes = await classesOf(root, sets);
    const shown = [
      ...await shownIn(root, sets, classes, "trainval"),
      ...await shownIn(root, sets, classes, "test"),
    ].map(({ picture, ...said }) => ({ name: `${pictures}/${picture}.jpg`, ...said }));
    return { kind: "multi", ...await lookUp(root, shown) };
  },
};

/** Those that have a list of trainval pictures. */
async function classesOf(root: Root, sets: string): Promise<string[]> {
  await needOne(root, [sets]);
  const files = await Array.fromAsync(Deno.readDir(`${root.path}/${sets}`));
  const classes = files.flatMap(({ name }) => /^(\w+)_trainval\.txt$/.exec(name)?.[1] ?? []);
  return classes.sort();
}

/** What each picture of a set shows. A class is difficult where all objects of it in a picture are. */
async function shownIn(
  root: Root,
  sets: string,
  classes: readonly string[],
  set: "trainval" | "test",
) {
  const pictures = new Map<string, { classes: string[]; difficult: string[] }>();
  for (const name of classes) {
    const list = await needOne(root, [`${sets}/${name}_${set}.txt`]);
    for (const [picture, said] of await readList(root, list, line, "000005 -1")) {
      const shown = pictures.get(picture!) ?? { classes: [], difficult: [] };
      pictures.set(picture!, shown);
      if (said === "1") shown.classes.push(name);
      else if (said === "0") shown.difficult.push(name);
    }
  }
  const part = set === "test" ? "test" as const : "train" as const;
  return [...pictures].map(([picture, label]) => ({ picture, part, label: label as Shown }));
}

const line = /^(\d{6})\s+(-1|0|1)$/;
