/** Some of the pictures of a collection, with what is said of them. */
import type { Split } from "../split.ts";
import type { Collection } from "./collection.ts";
import { labelsAt } from "./labels_at.ts";

/** Those of one part; all of them where the collection has no parts. */
export function partOf(collection: Collection, part: Split): Collection {
  const { parts } = collection;
  if (parts === null) return collection;
  return picked(collection, parts.flatMap((own, row) => own === part ? [row] : []));
}

/** Those in these places, in their order. */
export function picked(collection: Collection, rows: readonly number[]): Collection {
  const { names, pieceOf, videoOf, labels, parts } = collection;
  return {
    ...collection,
    names: rows.map((row) => names[row]!),
    pieceOf: (at) => pieceOf(rows[at]!),
    ...(videoOf && { videoOf: (at) => videoOf(rows[at]!) }),
    labels: labels && labelsAt(labels, rows),
    parts: parts && rows.map((row) => parts[row]!),
  };
}
