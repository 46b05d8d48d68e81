/** Labels by the names of their classes. */
import type { PictureLabels } from "./collection.ts";

/** A class for each picture. */
export function singleLabels(classes: readonly string[]): PictureLabels {
  const { names, indexOf } = indexed(classes);
  return { kind: "single", names, labels: classes.map(indexOf) };
}

/** Some classes, or none, for each picture; and those that are difficult to see in each, where any is. */
export function multiLabels(
  classes: readonly (readonly string[])[],
  difficult: readonly (readonly string[])[] = [],
): PictureLabels {
  const { names, indexOf } = indexed([...classes.flat(), ...difficult.flat()]);
  const indices = (ofOne: readonly string[]) =>
    [...new Set(ofOne.map(indexOf))].sort((a, b) => a - b);
  return {
    kind: "multi",
    names,
    labels: classes.map(indices),
    ...(difficult.some(({ length }) => length > 0) && { difficult: difficult.map(indices) }),
  };
}

/** The different classes: by number where all are whole numbers, else in code units. */
function indexed(classes: readonly string[]) {
  const names = [...new Set(classes)];
  const numbers = names.every((name) => /^-?\d{1,15}$/.test(name));
  if (numbers) names.sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  else names.sort();
  const indices = new Map(names.map((name, index) => [name, index]));
  return { names, indexOf: (name: string) => indices.get(name)! };
}
