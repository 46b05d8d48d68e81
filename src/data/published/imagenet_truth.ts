/** What the validation pictures of ImageNet-1K show, where they all lie in one folder: lists in three forms. */
import { UserError } from "../../pipeline/errors.ts";
import type { Root } from "./data_set.ts";
import { needOne } from "./files.ts";
import { readList } from "./lists.ts";

/** Files below the root, the first that is there is taken. */
export const truthLists = [
  { path: "val.txt", form: "a file and the place of its wnid among all of them, as in Caffe" },
  { path: "imagenet_2012_validation_synset_labels.txt", form: "a wnid a line, as in TensorFlow" },
  { path: "LOC_val_solution.csv", form: "as in Kaggle" },
] as const;

/** Wnid of each picture, by its name without the extension. `classes`: wnids of the training folders, sorted. */
export async function validationLabels(
  root: Root,
  classes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const list = await needOne(root, truthLists.map(({ path }) => path));
  switch (list as typeof truthLists[number]["path"]) {
    case "val.txt": {
      const rows = await readList(root, list, /^(\S+?)(?:\.\w+)?\s+(\d+)$/, "<file> <number>");
      return new Map(rows.map(([name, place]) => [name!, wnidAt(root, classes, Number(place))]));
    }
    case "imagenet_2012_validation_synset_labels.txt": {
      const rows = await readList(root, list, /^(n\d{8})$/, "n01440764");
      return new Map(rows.map(([wnid], at) => [validationName(at + 1), wnid!]));
    }
    case "LOC_val_solution.csv": {
      const form = "ILSVRC2012_val_00000001,n01751748 111 108 230 366";
      const [, ...rows] = await readList(root, list, /^([^,]+),(\S+)/, form);
      return new Map(rows.map(([name, wnid]) => [name!, wnid!]));
    }
  }
}

/** `number`: from 1. */
export function validationName(number: number): string {
  return `ILSVRC2012_val_${String(number).padStart(8, "0")}`;
}

function wnidAt({ given }: Root, classes: readonly string[], place: number): string {
  const wnid = classes[place];
  if (wnid !== undefined) return wnid;
  throw new UserError(
    `Cannot open ${given}: it needs a training folder for each class of val.txt, found its class ${place} and ` +
      `${classes.length} folders. Copy all of them, or sort the validation pictures into folders.`,
  );
}
