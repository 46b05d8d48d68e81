import { shuffled } from "../draw.ts";
import { about, exactly } from "./amount.ts";
import type { PublishedSet, Root, Sample } from "./data_set.ts";
import { findOne, needOne, picturesIn, signed } from "./files.ts";
import { readList } from "./lists.ts";

/** Pictures of each class that are evaluated on: 450,000 of 9,000 classes. Which ones was not published. */
const evaluated = 50;

/** Of that draw. */
const seed = 1;

/** A list of classes over the folders of ImageNet-22K. */
export const imagenet9k: PublishedSet = {
  name: "imagenet-9k",
  title: "ImageNet-9K",
  size: { classes: 9000, train: about("10.5M"), evaluation: exactly(450_000) },
  paper: { classes: 9000, rows: "10.5M/450K" },
  metric: "top-1",
  samples: "pictures",
  use: "a finer target of label noise (Figure 3) and of weak labels (Table 4)",
  layout: [
    "classes.txt (or imagenet9k.txt): a wnid at the beginning of each line",
    "<wnid>/*.JPEG, also in fall11_whole/ or winter21_whole/: others than those of the list may lie there",
    `${evaluated} pictures of each class, drawn by a fixed seed, are evaluated on (half of a class that has fewer ` +
    `than ${2 * evaluated}): the paper does not say which`,
  ],
  async list(root) {
    const list = await needOne(root, ["classes.txt", "imagenet9k.txt"]);
    const wnids = await readList(root, list, /^(n\d{8})\b/, "n01440764");
    const samples: Sample<string>[] = [];
    const missing: string[] = [];
    for (const wnid of new Set(wnids.map(([wnid]) => wnid!))) {
      const folder = await findOne(root, [wnid, `fall11_whole/${wnid}`, `winter21_whole/${wnid}`]);
      if (folder === undefined) missing.push(wnid);
      else samples.push(...await ofClass(root, folder, wnid));
    }
    return { kind: "single", samples, missing };
  },
};

async function ofClass(root: Root, folder: string, label: string): Promise<Sample<string>[]> {
  const pictures = await Array.fromAsync(picturesIn(root, folder));
  const held = Math.min(evaluated, Math.floor(pictures.length / 2));
  return shuffled(seed, pictures, ({ name }) => name).map((picture, at) => ({
    ...signed(picture),
    part: at < held ? "validation" : "train",
    label,
  }));
}
