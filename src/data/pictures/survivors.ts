/** The rows of an index, found again in the collection that it was made of. */
import { createHash } from "node:crypto";
import type { Artifact } from "../../pipeline/stage.ts";
import { readDataset } from "../dataset.ts";
import type { Collection } from "./collection.ts";

/** The place in the collection of each row. Bad pictures have none. */
export async function survivors(
  data: Artifact<"dataset">,
  { pictures }: Pick<Collection, "pictures">,
): Promise<readonly number[]> {
  const places = new Map(pictures.map(({ name }, place) => [name, place]));
  const { sources } = await readDataset(data);
  return sources.map((name) => {
    const place = places.get(name);
    if (place !== undefined) return place;
    throw new Error(
      `Cannot label the row ${JSON.stringify(name)}: the collection has no such picture.`,
    );
  });
}

/** SHA-256 of what is said of each picture, under its name, and of what it means: for keys. */
export function digestOf(
  { pictures }: Pick<Collection, "pictures">,
  said: readonly unknown[],
  meaning: readonly string[],
): string {
  const hash = createHash("sha256").update(`${JSON.stringify(meaning)}\n`);
  pictures.forEach(({ name }, row) => {
    hash.update(`${JSON.stringify([name, said[row]])}\n`);
  });
  return hash.digest("hex");
}
