/** Words for the parts of a data set, as people write them. */
import type { Split } from "../split.ts";

const words: Readonly<Record<string, Split>> = {
  ...{ train: "train", training: "train" },
  ...{ val: "validation", valid: "validation", validation: "validation", dev: "validation" },
  ...{ test: "test", testing: "test" },
};

/** What is taken for a part, for people. */
export const partWords = Object.keys(words).join(", ");

/** The part that a word names, in any case; undefined where it names none. */
export function partOfWord(word: string): Split | undefined {
  const lower = word.trim().toLowerCase();
  return Object.hasOwn(words, lower) ? words[lower] : undefined;
}
