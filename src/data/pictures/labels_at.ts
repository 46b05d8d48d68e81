import type { PictureLabels } from "./collection.ts";

/** The labels of some of the pictures, by their place in the collection. */
export function labelsAt(labels: PictureLabels, rows: readonly number[]): PictureLabels {
  return labels.kind === "single"
    ? { ...labels, labels: rows.map((row) => labels.labels[row]!) }
    : {
      ...labels,
      labels: rows.map((row) => labels.labels[row]!),
      ...(labels.difficult && { difficult: rows.map((row) => labels.difficult![row]!) }),
    };
}
