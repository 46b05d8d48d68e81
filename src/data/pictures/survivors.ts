/** The rows of an index, found again in the collection that it was made of. */
import { createHash } from "node:crypto";
import type { Artifact } from "../../pipeline/stage.ts";
import { readDatasetFacts } from "../dataset.ts";
import type { Collection } from "./collection.ts";

/** The place in the collection of each row. Bad pictures have none; the others are in its order. */
export async function survivors(
  data: Artifact<"dataset">,
  { names }: Pick<Collection, "names">,
): Promise<readonly number[]> {
  const places: number[] = [];
  let place = 0;
  await readDatasetFacts(data, (name) => {
    while (place < names.length && names[place] !== name) place++;
    if (place === names.length) {
      throw new Error(
        `Cannot label the row ${JSON.stringify(name)}: the collection has no such picture.`,
      );
    }
    places.push(place++);
  });
  return places;
}

/** SHA-256 of what is said of each picture, under its name, and of what it means: for keys. */
export function digestOf(
  { names }: Pick<Collection, "names">,
  said: readonly unknown[],
  meaning: readonly string[],
): string {
  const hash = createHash("sha256").update(`${JSON.stringify(meaning)}\n`);
  for (const [row, name] of names.entries()) {
    hash.update(`${JSON.stringify([name, said[row]])}\n`);
  }
  return hash.digest("hex");
}
