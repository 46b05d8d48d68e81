/** Cells as text: the fewest digits that read back as the same number. */
import type { ColumnValues } from "./table.ts";

/** The cell of a row; empty where a number is not finite. */
export function cellText(values: ColumnValues, row: number): string {
  const value = values[row]!;
  if (typeof value === "string") return value;
  if (!Number.isFinite(value)) return "";
  return values instanceof Float32Array ? float32Text(value) : String(value);
}

/** A float32 as its own fewest digits: 0.1, which as a float64 is 0.10000000149011612. */
export function float32Text(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
