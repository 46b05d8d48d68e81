/** Some of the pictures of a collection, drawn by a seed. */
import { UserError } from "../../pipeline/errors.ts";
import { shuffled } from "../draw.ts";
import type { Collection } from "./collection.ts";
import { picked } from "./part_of.ts";
import { amount } from "./notes.ts";

/** `images` of the pictures, in the order of their names; all of them where null. A smaller draw is part of a larger
 * one. Throws a UserError where there are fewer. */
export function sampleOf(collection: Collection, images: number | null, seed: number): Collection {
  const { names, given } = collection;
  if (images === null || images === names.length) return collection;
  if (images > names.length) {
    throw new UserError(
      `Cannot draw pictures from ${given}: it needs ${amount(images)}, found ` +
        `${amount(names.length)}. Ask for at most that many (images), or for all of them.`,
    );
  }
  const rows = shuffled(seed, names.keys(), (row) => names[row]!).slice(0, images);
  return picked(collection, rows.sort((a, b) => a - b));
}
