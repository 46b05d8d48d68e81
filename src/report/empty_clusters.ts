/** What a reader has to know of a k-means that left clusters empty. */
import { count } from "../results/count.ts";
import type { Summary } from "../results/summary.ts";
import { pointText } from "../results/words.ts";

/** A sentence for each clustering with empty clusters. */
export function emptyClusterNotes(
  { clusterings, study }: Pick<Summary, "clusterings" | "study">,
): string[] {
  return clusterings.filter(({ empty }) => empty > 0).map((clustering) => {
    const { at, seed, k, points, empty, distinct } = clustering;
    const where = pointText(at, study.axes);
    const found = `Seed ${seed}${where && ` at ${where}`}: k-means left ` +
      `${empty.toLocaleString("en")} of ${count(k, "cluster")} empty. `;
    const features = `${count(points, "image")} with ${count(distinct, "distinct feature")}`;
    return found +
      (distinct < k
        ? `There are only ${features}: choose K no larger.`
        : `There are ${features}: more iterations, or a smaller K, may fill them.`);
  });
}
