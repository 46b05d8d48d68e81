/** An index in numbers: `index.json`, and what the command `index` tells. */
import { z } from "zod";
import type { IndexResult } from "./indexed.ts";

/** An IndexSummary. */
export const summaryFile = "index.json";

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
  /** Of each video; absent where there is none. */
  frames: range.optional(),
});
/**
 * Counts, and the least, median and most of the sides.
 *
 * @internal
 */
export type IndexSummary = z.infer<typeof indexSummarySchema>;

export function summarise({ good, bad }: IndexResult): IndexSummary {
  const [formats, reasons, notes] = [new Tally(), new Tally(), new Tally()];
  const shorter = new Float64Array(good.length);
  const longer = new Float64Array(good.length);
  const frames = new Float64Array(good.length);
  let [at, duplicates, total] = [0, 0, 0];
  for (const { found: { format, note, bytes, width, height, video }, duplicateOf } of good) {
    formats.add(format);
    if (note !== "") { for (const one of note.split("; ")) notes.add(one); }
    shorter[at] = Math.min(width, height);
    frames[at] = video?.frames ?? 0;
    longer[at++] = Math.max(width, height);
    total += bytes;
    if (duplicateOf !== null) duplicates++;
  }
  for (const { reason } of bad) reasons.add(reason);
  return {
    ...{ pictures: good.length, bad: bad.length, duplicates, bytes: total },
    ...{ formats: formats.counts(), reasons: reasons.counts(), notes: notes.counts() },
    ...(frames[0]! > 0 && { frames: rangeOf(frames) }),
    sides: good.length === 0 ? null : { shorter: rangeOf(shorter), longer: rangeOf(longer) },
  };
}

/** How often each word is said. */
class Tally {
  readonly #counts = new Map<string, number>();

  add(word: string): void {
    this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1);
  }

  /** The commonest first. */
  counts(): Record<string, number> {
    return Object.fromEntries(
      [...this.#counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
    );
  }
}

function rangeOf(values: Float64Array) {
  const sorted = values.toSorted();
  const at = (place: number) => sorted[Math.floor(place * (sorted.length - 1))] ?? 0;
  return { least: at(0), median: at(0.5), most: at(1) };
}
