/** The parts of a target: those of its collection, and those that it lacks, drawn. */
import { UserError } from "../../pipeline/errors.ts";
import { shuffled } from "../draw.ts";
import { type Split, splits } from "../split.ts";
import type { Collection, PictureLabels } from "./collection.ts";
import { type Deal, dealThree, holdOut } from "./deal.ts";
import { someOf } from "./notes.ts";

export type Labelled = Collection & { readonly labels: PictureLabels };

/** The part of each picture, and how it came about, for people. Throws a UserError where there is no part to train
 * on, or too little to draw parts from. */
export function targetParts(
  collection: Labelled,
  seed: number,
): { readonly parts: readonly Split[]; readonly note: string } {
  const { parts: own, names, given } = collection;
  if (!own) {
    const lots = lotsOf(collection, names.keys());
    checkSizes(collection, lots);
    return { parts: dealt(lots, dealThree, seed), note: "parts drawn: 60, 20, 20%" };
  }
  const there = splits.filter((split) => own.includes(split));
  if (there.length === splits.length) return { parts: own, note: "parts of its own" };
  if (!there.includes("train")) {
    const found = there.join(" and ");
    throw new UserError(
      `Cannot split ${given}: it needs a train part, found ${found}. Add one, or leave the parts out: they ` +
        "are then drawn.",
    );
  }
  // Without a test part the validation part is the test, as for ImageNet.
  const train = names.keys().filter((row) => own[row] === "train");
  const parts = dealt(lotsOf(collection, train), holdOut, seed);
  return {
    parts: own.map((part, row) => part === "train" ? parts[row]! : "test"),
    note: there.includes("test")
      ? "validation drawn: 20% of the train part"
      : "tested on its validation part; validation drawn: 20% of the train part",
  };
}

/** What is in one part as a whole: a picture, or all frames of a video that are of one class. It goes by its first
 * row. */
interface Lots {
  /** Class -> its lots; of tags, those of all pictures together. */
  readonly ofClass: ReadonlyMap<string, readonly number[]>;
  /** Row -> its lot. */
  readonly ofRow: readonly number[];
  nameOf(row: number): string;
}

function lotsOf({ names, videoOf, labels }: Labelled, rows: Iterable<number>): Lots {
  const classOf = (row: number) =>
    labels.kind === "single" ? labels.names[labels.labels[row]!]! : "";
  const nameOf = (row: number) => videoOf?.(row) ?? names[row]!;
  const ofRow = new Array<number>(names.length);
  const ofClass = [...Map.groupBy(rows, classOf)].map(([name, own]) => {
    const lots = new Map<string, number>();
    for (const row of own) {
      const lot = nameOf(row);
      if (!lots.has(lot)) lots.set(lot, row);
      ofRow[row] = lots.get(lot)!;
    }
    return [name, [...lots.values()]] as const;
  });
  return { ofClass: new Map(ofClass), ofRow, nameOf };
}

/** The part of each picture that is in a lot, by its place in the collection. */
function dealt({ ofClass, ofRow, nameOf }: Lots, deal: Deal, seed: number): Split[] {
  const parts = new Array<Split>(ofRow.length);
  for (const lots of ofClass.values()) {
    for (const [place, lot] of shuffled(seed, lots, nameOf).entries()) {
      parts[lot] = deal(place, lots.length);
    }
  }
  return ofRow.map((lot) => parts[lot]!);
}

function checkSizes({ given, labels, videoOf }: Labelled, { ofClass: classes }: Lots) {
  const few = [...classes].filter(([, lots]) => lots.length < splits.length);
  if (few.length === 0) return;
  const what = videoOf ? "videos" : "pictures";
  const names = someOf(few.map(([name, { length }]) => `${name} (${length})`));
  const [of, found] = labels.kind === "single"
    ? [" of every class", ` for ${few.length} of ${classes.size} classes: ${names}`]
    : ["", ""];
  throw new UserError(
    `Cannot split ${given}: it needs 3 ${what}${of}, one for each part, found fewer${found}. Add some, leave ` +
      "these out, or give parts: folders train, val and test, or a column split.",
  );
}
