/** Collections without files, with labels. */
import { multiLabels, singleLabels } from "../../../src/data/pictures/classes.ts";
import type { Collection } from "../../../src/data/pictures/collection.ts";
import type { Split } from "../../../src/data/split.ts";
import { toyCollection } from "./toy_collection.ts";

/** Pictures by their names, with their class or their tags, and the part. */
export function labelledCollection(
  said: Readonly<Record<string, string | readonly string[]>>,
  { parts = null, ...more }: Partial<Collection> = {},
): Collection {
  const names = Object.keys(said).sort();
  const values = names.map((name) => said[name]!);
  const single = values.every((value) => typeof value === "string");
  return {
    ...toyCollection(names),
    labels: single
      ? singleLabels(values as string[])
      : multiLabels(values.map((value) => typeof value === "string" ? [value] : value)),
    parts,
    ...more,
  };
}

/** `counts` pictures of each class. */
export function classesOf(counts: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([name, count]) =>
      Array.from({ length: count }, (_, at) => [`${name}/${at}.jpg`, name])
    ),
  );
}

/** Rows of each class in each part: { cat: { train: 3, ... } }. */
export function countParts(
  { labels }: Pick<Collection, "labels">,
  parts: readonly Split[],
): Record<string, Partial<Record<Split, number>>> {
  const counts: Record<string, Partial<Record<Split, number>>> = {};
  parts.forEach((part, row) => {
    const of = labels?.labels[row];
    const name = typeof of === "number" ? labels!.names[of]! : "tags";
    const own = counts[name] ??= {};
    own[part] = (own[part] ?? 0) + 1;
  });
  return counts;
}
