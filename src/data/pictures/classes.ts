/** Labels by the names of their classes. */
import type { PictureLabels } from "./collection.ts";

/** A class for each picture. */
export function singleLabels(classes: readonly string[]): PictureLabels {
  const { names, indexOf } = indexed(classes);
  return { kind: "single", names, labels: classes.map(indexOf) };
}

/** Some classes, or none, for each picture. */
export function multiLabels(classes: readonly (readonly string[])[]): PictureLabels {
  const { names, indexOf } = indexed(classes.flat());
  return {
    kind: "multi",
    names,
    labels: classes.map((ofOne) => [...new Set(ofOne.map(indexOf))].sort((a, b) => a - b)),
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
