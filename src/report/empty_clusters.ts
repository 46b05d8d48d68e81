/** What a reader has to know of a k-means that left clusters empty. */
import type { Summary } from "../method/summary.ts";
import { count } from "./count.ts";

/** A sentence for each clustering with empty clusters. */
export function emptyClusterNotes(clusters: Summary["clusters"]): string[] {
  return clusters.filter(({ empty }) => empty > 0).map(({ seed, k, points, empty, distinct }) => {
    const found = `Seed ${seed}: k-means left ${empty.toLocaleString("en")} of ` +
      `${count(k, "cluster")} empty. `;
    const features = `${count(points, "image")} with ${count(distinct, "distinct feature")}`;
    return found +
      (distinct < k
        ? `There are only ${features}: choose K no larger.`
        : `There are ${features}: more iterations, or a smaller K, may fill them.`);
  });
}
