/** An index in numbers: `index.json`, and what the command `index` tells. */
import { z } from "zod";
import type { IndexResult } from "./indexed.ts";

const count = z.int().nonnegative();
const counts = z.record(z.string(), count);
const range = z.object({ least: count, median: count, most: count });

export const indexSummarySchema = z.object({
  /** Pictures that can be used. */
  pictures: count,
  bad: count,
  /** Of the pictures, those whose bytes an earlier one has too. */
  duplicates: count,
  /** Bytes of the files. */
  bytes: count,
  /** Format -> pictures; reason -> pictures; note -> pictures. Each with the commonest first. */
  formats: counts,
  reasons: counts,
  notes: counts,
  /** Of the sides in pixels; null where there are no pictures. */
  sides: z.object({ shorter: range, longer: range }).nullable(),
});
/**
 * Counts, and the least, median and most of the sides.
 *
 * @internal
 */
export type IndexSummary = z.infer<typeof indexSummarySchema>;

export function summarise({ good, bad }: IndexResult): IndexSummary {
  const sides = (pick: (...sides: number[]) => number) =>
    rangeOf(good.map(({ found: { width, height } }) => pick(width, height)));
  return {
    pictures: good.length,
    bad: bad.length,
    duplicates: good.filter(({ duplicateOf }) => duplicateOf !== null).length,
    bytes: good.reduce((sum, { found }) => sum + found.bytes, 0),
    formats: countEach(good.map(({ found }) => found.format)),
    reasons: countEach(bad.map(({ reason }) => reason)),
    notes: countEach(good.flatMap(({ found }) => found.note === "" ? [] : found.note.split("; "))),
    sides: good.length === 0 ? null : { shorter: sides(Math.min), longer: sides(Math.max) },
  };
}

/** Value -> how often it is there, the commonest first. */
function countEach(values: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(
    [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
  );
}

function rangeOf(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (place: number) => sorted[Math.floor(place * (sorted.length - 1))] ?? 0;
  return { least: at(0), median: at(0.5), most: at(1) };
}
