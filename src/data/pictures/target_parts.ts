/** The parts of a target: those of its collection, and those that it lacks, drawn. */
import { UserError } from "../../pipeline/errors.ts";
import { type Split, splits } from "../split.ts";
import type { Collection, PictureLabels } from "./collection.ts";
import { type Deal, dealThree, holdOut, type Lot } from "./deal.ts";
import { someOf } from "./notes.ts";
import { sharedOrigin } from "./videos.ts";

export type Labelled = Collection & { readonly labels: PictureLabels };

/** The part of each picture, and how it came about, for people. Throws a UserError where there is no part to train
 * on, or too little to draw parts from. */
export function targetParts(
  collection: Labelled,
  seed: number,
): { readonly parts: readonly Split[]; readonly note: string } {
  const { parts: own, pictures, given } = collection;
  const rows = pictures.map((_, row) => row);
  if (!own) {
    const classes = lotsOf(collection, rows);
    checkSizes(collection, classes);
    return { parts: dealt(classes, dealThree, seed), note: "parts drawn: 60, 20, 20%" };
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
  const train = rows.filter((row) => own[row] === "train");
  const parts = dealt(lotsOf(collection, train), holdOut, seed);
  return {
    parts: own.map((part, row) => part === "train" ? parts[row]! : "test"),
    note: there.includes("test")
      ? "validation drawn: 20% of the train part"
      : "tested on its validation part; validation drawn: 20% of the train part",
  };
}

/** The lots of each class; of tags, those of all pictures together. */
function lotsOf({ pictures, labels }: Labelled, rows: readonly number[]): Map<string, Lot[]> {
  const classOf = (row: number) =>
    labels.kind === "single" ? labels.names[labels.labels[row]!]! : "";
  const byClass = Map.groupBy(rows, classOf);
  return new Map([...byClass].map(([name, ofClass]) => {
    const lots = Map.groupBy(ofClass, (row) => sharedOrigin(pictures[row]!));
    return [name, [...lots].map(([name, rows]) => ({ name, rows }))];
  }));
}

/** The part of each picture that is in a lot, by its place in the collection. */
function dealt(classes: ReadonlyMap<string, readonly Lot[]>, deal: Deal, seed: number): Split[] {
  const parts: Split[] = [];
  for (const lots of classes.values()) {
    for (const [lot, part] of deal(lots, seed)) for (const row of lot.rows) parts[row] = part;
  }
  return parts;
}

function checkSizes({ given, labels, pictures }: Labelled, classes: ReadonlyMap<string, Lot[]>) {
  const few = [...classes].filter(([, lots]) => lots.length < splits.length);
  if (few.length === 0) return;
  const what = pictures.some(({ seconds }) => seconds !== null) ? "videos" : "pictures";
  const names = someOf(few.map(([name, { length }]) => `${name} (${length})`));
  const [of, found] = labels.kind === "single"
    ? [" of every class", ` for ${few.length} of ${classes.size} classes: ${names}`]
    : ["", ""];
  throw new UserError(
    `Cannot split ${given}: it needs 3 ${what}${of}, one for each part, found fewer${found}. Add some, leave ` +
      "these out, or give parts: folders train, val and test, or a column split.",
  );
}
