/** A collection of pictures that are nowhere: the engine of the tests says what is in them. */
import type { Collection } from "../../../src/data/pictures/collection.ts";

export function toyCollection(names: readonly string[]): Collection {
  return {
    title: "photos",
    given: "~/photos",
    names,
    pieceOf: (row) => ({ file: `/photos/${names[row]}`, range: null, seconds: null }),
    fingerprint: "fingerprint",
    labels: null,
    parts: null,
    notes: [],
  };
}

/** `count` names in the order of a collection. */
export const toyNames = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${String(at).padStart(4, "0")}.png`);
