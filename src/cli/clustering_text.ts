/** A clustering of a file, in words. */
import type { MatrixHead } from "../data/matrices/head.ts";
import { count } from "../results/count.ts";

/** `x.npy: 20,000 rows of 512 float32 numbers`, and what is converted. */
export function headText(path: string, { rows, columns, dtype, byColumns }: MatrixHead): string {
  const text = `${path}: ${count(rows, "row")} of ${count(columns, `${dtype} number`)}`;
  const odd = [dtype !== "float32" && dtype, byColumns && "column by column"].filter(Boolean);
  return odd.length === 0
    ? text
    : `${text}${byColumns ? ", column by column" : ""}; converted to float32, row by row`;
}

export interface ClusteringResult {
  readonly rows: number;
  readonly k: number;
  readonly iterations: number;
  readonly objective: number;
  readonly sizes: readonly number[];
  readonly empty: number;
  readonly distinct: number;
  readonly labels: string;
  readonly centroids: string | null;
}

export function clusteringText(result: ClusteringResult): string {
  const { rows, k, iterations, objective, sizes, empty, distinct, labels, centroids } = result;
  const sorted = sizes.toSorted((a, b) => a - b);
  const [least, median, most] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)].map((size) =>
    (size ?? 0).toLocaleString("en")
  );
  return [
    `${count(rows, "row")} in ${count(k, "cluster")}, ${count(iterations, "iteration")}`,
    `Objective  ${objective} (sum of squared distances)`,
    `Sizes      ${least} to ${most}, median ${median}`,
    ...(empty === 0 ? [] : [
      `Empty      ${count(empty, "cluster")}; ${count(distinct, "row")} of ${
        rows.toLocaleString("en")
      } differ from every earlier one`,
    ]),
    `Labels     ${labels}`,
    ...(centroids === null ? [] : [`Centroids  ${centroids}`]),
  ].join("\n");
}
