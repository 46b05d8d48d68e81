/** A mutant: one wrong line, and the tests that have to find it. */
import { UserError } from "../../src/pipeline/errors.ts";

export interface Mutant {
  /** Unique: "train-seed". */
  readonly id: string;
  /** Part of the program: "method". */
  readonly room: string;
  /** From the root. */
  readonly file: string;
  /** Text that is in the file once. */
  readonly find: string;
  /** Wrong text in its place; the file still loads. */
  readonly replace: string;
  /** What is then wrong: "the seed of every training". */
  readonly breaks: string;
  /** The nearest test files, from the root, likeliest first: `*.test.ts`, or `test/py/test_*.py`. */
  readonly tests: readonly [string, ...string[]];
}

/** As the files in `rooms/` list it. */
export type Listed = Omit<Mutant, "room">;

/** `text` of the mutant's file with its line replaced. Throws a UserError where that line is not there, or more
 * than once. */
export function mutate(text: string, { id, file, find, replace }: Mutant): string {
  const found = text.split(find).length - 1;
  if (found !== 1) {
    throw new UserError(
      `Cannot apply the mutant "${id}": it needs its line once in ${file}, found ${found} times ` +
        `${JSON.stringify(find)}. Correct tasks/mutants/rooms/.`,
    );
  }
  return text.replace(find, () => replace);
}
