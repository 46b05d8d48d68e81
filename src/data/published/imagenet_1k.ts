import { basename } from "node:path";
import { exactly } from "./amount.ts";
import { byFolders } from "./by_folders.ts";
import type { PublishedSet, Sample } from "./data_set.ts";
import { needOne } from "./files.ts";
import { truthLists, validationLabels, validationName } from "./imagenet_truth.ts";

/** ILSVRC 2012, classification. */
export const imagenet1k: PublishedSet = {
  name: "imagenet-1k",
  title: "ImageNet-1K",
  size: { classes: 1000, train: exactly(1_281_167), evaluation: exactly(50_000) },
  paper: { classes: 1000, rows: "1.3M/50K" },
  metric: "top-1",
  probeEpochs: 28,
  samples: "pictures",
  use:
    "Dpre = Dcf of label noise (Figure 3) and of Jigsaw and RotNet (Tables 6 to 8); a target of both, and of " +
    "weak labels, with which it is aligned (Table 4)",
  layout: [
    "train/<wnid>/*.JPEG (or ILSVRC2012_img_train/, ILSVRC/Data/CLS-LOC/train/)",
    "val/<wnid>/*.JPEG, or val/*.JPEG with one of",
    ...truthLists.map(({ path, form }) => `  ${path}: ${form}`),
  ],
  async list(root, { evaluation }) {
    const train = await needOne(root, foldersOf("train"));
    const val = await needOne(root, foldersOf("val"));
    const { labelled: trained } = await byFolders(root, train, "train");
    const { labelled: validated, flat } = await byFolders(root, val, "validation");
    if (flat.length > 0) {
      const labelOf = await validationLabels(root, classesOf(trained));
      for (const picture of flat) {
        const label = labelOf.get(stemOf(picture.name));
        if (label !== undefined) validated.push({ ...picture, label });
        else root.notes.leave("pictures that the list of labels lacks", picture.name);
      }
    }
    return {
      kind: "single",
      samples: [...trained, ...validated],
      missing: [
        ...classesOf(validated, trained).map((wnid) => `${train}/${wnid}`),
        ...classesOf(trained, validated).map((wnid) => `pictures of ${wnid} in ${val}`),
        ...missingNumbers(validated, evaluation.most).map((name) => `${val}: ${name}`),
      ],
    };
  },
};

const foldersOf = (part: string) => [
  part,
  `ILSVRC2012_img_${part}`,
  `ILSVRC/Data/CLS-LOC/${part}`,
];

const stemOf = (name: string) => basename(name).replace(/\.\w+$/, "");

/** The classes of some pictures that others lack, sorted. */
function classesOf(
  samples: readonly Sample<string>[],
  others: readonly Sample<string>[] = [],
): string[] {
  const labels = (of: readonly Sample<string>[]) => new Set(of.map(({ label }) => label));
  return [...labels(samples).difference(labels(others))].sort();
}

/** Names of validation pictures up to number `count` that are not there, where they are called as ILSVRC does. */
function missingNumbers(validated: readonly Sample<string>[], count: number): string[] {
  const there = new Set(validated.map(({ name }) => stemOf(name)));
  const names = Array.from({ length: count }, (_, at) => validationName(at + 1));
  const missing = names.filter((name) => !there.has(name));
  return missing.length === count ? [] : missing;
}
