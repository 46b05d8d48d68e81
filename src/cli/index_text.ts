/** What an index found, for the terminal. */
import type { Collection } from "../data/pictures/collection.ts";
import { allowedBad, enoughFor } from "../data/pictures/bad_pictures.ts";
import { unitOf } from "../data/pictures/index_blocks.ts";
import type { BadPicture } from "../data/pictures/indexed.ts";
import type { IndexSummary } from "../data/pictures/index_summary.ts";
import { own } from "../experiments/own.ts";

/** Names that are given for each reason; `bad.csv` has all. */
const named = 3;

export function indexText(
  collection: Pick<Collection, "given" | "labels" | "parts" | "notes" | "clips">,
  summary: IndexSummary,
  bad: readonly BadPicture[],
): string {
  const { given, labels, parts, notes } = collection;
  const { pictures, duplicates, bytes, formats, sides, frames, reasons } = summary;
  const total = pictures + bad.length;
  const advice = pictures === 0
    ? ""
    : `to run with the others: --set maxBad=${enoughFor(bad.length, total)}`;
  const facts: (readonly [string, string])[] = [
    [unitOf(collection), `${format(pictures)} good, ${format(summary.bad)} bad`],
    ["formats", listed(formats)],
    ["sides", sides ? `shorter ${range(sides.shorter)}, longer ${range(sides.longer)} pixels` : ""],
    ["frames", frames ? range(frames) : ""],
    ["size", `${format(Math.ceil(bytes / 1e6))} MB`],
    ["labels", labels ? `${format(labels.names.length)} classes` : "none"],
    ["parts", parts ? listed(countOf(parts)) : ""],
    ["duplicates", duplicates > 0 ? `${format(duplicates)} have the bytes of an earlier one` : ""],
    ["notes", listed(summary.notes)],
    ...notes.map((note, at) => [at === 0 ? "found" : "", note] as const),
    ...Object.entries(reasons).map(([reason, times], at) => {
      const names = bad.filter((one) => one.reason === reason).slice(0, named)
        .map(({ name }) => JSON.stringify(name)).join(", ");
      const more = times > named ? ", ..." : "";
      return [at === 0 ? "bad" : "", `${format(times)} x ${reason}: ${names}${more}`] as const;
    }),
    ["", bad.length > allowedBad(own.schema.parse({}).maxBad, total) ? advice : ""],
  ];
  return [
    `Index of ${given}`,
    ...facts.flatMap(([name, text]) => text === "" ? [] : [`  ${name.padEnd(11)} ${text}`]),
  ].join("\n");
}

const format = (value: number) => value.toLocaleString("en");

/** `JPEG 12, PNG 3` */
function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts).map(([name, times]) => `${name} ${format(times)}`).join(", ");
}

function range({ least, median, most }: NonNullable<IndexSummary["sides"]>["shorter"]): string {
  return least === most
    ? format(least)
    : `${format(least)} to ${format(most)} (half up to ${format(median)})`;
}

function countOf(words: readonly string[]): Record<string, number> {
  const groups = Map.groupBy(words, (word) => word);
  return Object.fromEntries([...groups].map(([word, { length }]) => [word, length]));
}
