/** A clustering of a file, in words. */
import { count } from "../results/count.ts";
import { sixDigits } from "../results/words.ts";
import type { FeatureClusters } from "../steps/cluster_features.ts";

export function clusteringText(result: FeatureClusters): string {
  const {
    rows,
    k,
    iterations,
    objective,
    sizes,
    empty,
    distinct,
    labels,
    centroids,
    gap,
    impurity,
  } = result;
  const sorted = sizes.toSorted((a, b) => a - b);
  const [least, median, most] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)].map((size) =>
    (size ?? 0).toLocaleString("en")
  );
  return [
    `${count(rows, "row")} in ${count(k, "cluster")}, ${count(iterations, "iteration")}`,
    `Objective  ${sixDigits(objective)} (sum of squared distances${
      impurity === undefined ? "" : ", and the weight times the impurity"
    })`,
    ...(impurity === undefined ? [] : [
      `Impurity   ${
        sixDigits(impurity)
      } (labelled rows that a label drawn from their cluster gets wrong)`,
    ]),
    `Sizes      ${least} to ${most}, median ${median}`,
    ...(empty === 0 ? [] : [
      `Empty      ${count(empty, "cluster")}; ${count(distinct, "row")} of ${
        rows.toLocaleString("en")
      } differ from every earlier one`,
    ]),
    ...(gap === undefined ? [] : [
      `Cap        ${(100 * gap).toFixed(2)}% above the best assignment under it at most`,
    ]),
    `Labels     ${labels}`,
    ...(centroids === null ? [] : [`Centroids  ${centroids}`]),
  ].join("\n");
}
