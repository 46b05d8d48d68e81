/** A file of features, in words. */
import type { MatrixHead } from "../data/matrices/head.ts";
import { count } from "../results/count.ts";

/** `x.npy: 20,000 rows of 512 float32 numbers`, and what is converted. */
export function matrixText(path: string, { rows, columns, dtype, byColumns }: MatrixHead): string {
  const text = `${path}: ${count(rows, "row")} of ${count(columns, `${dtype} number`)}`;
  const odd = [dtype !== "float32" && dtype, byColumns && "column by column"].filter(Boolean);
  return odd.length === 0
    ? text
    : `${text}${byColumns ? ", column by column" : ""}; converted to float32, row by row`;
}
