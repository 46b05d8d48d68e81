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
  const parts = partsOf(names);
  const classOf = (name: string) => folderOf(name, parts ? 1 : 0);
  const inNone = names.filter((name) => classOf(name) === undefined);
  if (inNone.length === 0) {
    return { parts, labels: singleLabels(names.map((name) => classOf(name)!)) };
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

function partsOf(names: readonly string[]): Split[] | null {
  const parts: Split[] = [];
  for (const name of names) {
    const part = partOfWord(folderOf(name, 0) ?? "");
    if (part === undefined) return null;
    parts.push(part);
  }
  return new Set(parts).size > 1 ? parts : null;
}

/** The folder in a path that `level` others are above; undefined where the file lies higher. */
function folderOf(path: string, level: number): string | undefined {
  const folders = path.split("/").slice(0, -1);
  return folders[level];
}
