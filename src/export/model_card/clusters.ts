/** The clusters that an exported network was trained on, in numbers. */
import type { Clustering } from "../clusterings.ts";
import { table } from "./markdown.ts";

/** A section for each clustering. */
export function clustersSections(clusterings: readonly Clustering[]): string {
  return clusterings.map((clustering, at) =>
    `## Clusters${at > 0 ? ` ${at + 1}` : ""}\n\n${facts(clustering)}`
  ).join("\n\n");
}

function facts({ clusters, layer, normalise }: Clustering): string {
  const sizes = clusters.sizes.toSorted((a, b) => a - b);
  const shown = [sizes[0], sizes[sizes.length >> 1], sizes.at(-1)];
  return table(["k-means", ""], [
    ["K", text(clusters.k)],
    ["pictures", text(clusters.points)],
    ["distinct features", text(clusters.distinct)],
    ["empty clusters", text(clusters.empty)],
    ["smallest, median, largest cluster", shown.map(text).join(", ")],
    ["sum of squared distances (float64)", String(clusters.objective)],
    ["features of the layer", layer],
    ["l2-normalised before", normalise ? "yes" : "no"],
  ]);
}

function text(number: number | undefined): string {
  return number?.toLocaleString("en") ?? "";
}
