/** What folders say of the pictures in them: classes and parts. */
import type { Split } from "../split.ts";
import { singleLabels } from "./classes.ts";
import type { Collection } from "./collection.ts";
import { amount, type Notes } from "./notes.ts";
import { partOfWord } from "./part_words.ts";

/** By the paths of all pictures. Where each lies in a folder named as a part (train, val, test), and there are two
 * parts at least, these are the parts, and the folder below is the class; else the first folder is. Where a
 * picture lies in no such folder, there are no classes. */
export function layoutOf(
  names: readonly string[],
  notes: Notes,
): Pick<Collection, "labels" | "parts"> {
  const paths = names.map((name) => name.split("/"));
  const parts = partsOf(paths);
  const level = parts ? 1 : 0;
  const classes = paths.map((path) => path.length > level + 1 ? path[level]! : undefined);
  const inNone = names.filter((_, at) => classes[at] === undefined);
  if (inNone.length === 0) {
    return { parts, labels: singleLabels(classes as string[]) };
  }
  if (inNone.length < names.length) {
    const [some, all] = [amount(inNone.length), amount(names.length)];
    notes.say(
      `no labels: ${some} of ${all} pictures lie in no folder of a class, the first is ` +
        JSON.stringify(inNone[0]),
    );
  }
  return { parts, labels: null };
}

function partsOf(paths: readonly (readonly string[])[]): Split[] | null {
  const parts = paths.flatMap((path) => path.length > 1 ? partOfWord(path[0]!) ?? [] : []);
  return parts.length === paths.length && new Set(parts).size > 1 ? parts : null;
}
