/** Whether a data set of the paper is there as a whole. */
import { UserError } from "../../pipeline/errors.ts";
import { amount, someOf } from "../pictures/notes.ts";
import { type Amount, isWithin } from "./amount.ts";
import type { Listing, PublishedSet, Root, Size } from "./data_set.ts";

/** How many there are. */
export interface Found {
  readonly classes: number;
  readonly train: number;
  readonly evaluation: number;
}

/** Of a listing. A class counts where it has a training sample. */
export function countListing(listing: Listing): Found {
  const classes = new Set<string>();
  let train = 0;
  for (const sample of listing.samples) {
    if (sample.part !== "train") continue;
    train++;
    const { label } = sample;
    if (typeof label === "string") classes.add(label);
    else for (const name of [...label.classes, ...label.difficult]) classes.add(name);
  }
  return { classes: classes.size, train, evaluation: listing.samples.length - train };
}

export function isWhole(found: Found, size: Size): boolean {
  return found.classes === size.classes && isWithin(found.train, size.train) &&
    isWithin(found.evaluation, size.evaluation);
}

/** Names that a message lists. */
const shown = 10;

/** Tells what a subset lacks, for people: undefined where nothing is. Throws a UserError where it has to be whole. */
export function checkComplete(
  { given }: Pick<Root, "given">,
  { samples: what }: Pick<PublishedSet, "samples">,
  listing: Listing,
  { size, subset }: { readonly size: Size; readonly subset: boolean },
): string | undefined {
  const found = countListing(listing);
  if (isWhole(found, size)) return undefined;
  const { missing } = listing;
  const lacks = missing.length === 0
    ? ""
    : `; missing: ${amount(missing.length)} (${someOf(missing, shown)})`;
  if (subset) return `a subset: ${sizeText(found, what)}${lacks}`;
  throw new UserError(
    `Cannot open ${given}: it needs ${sizeText(size, what)}, found ${
      sizeText(found, what)
    }${lacks}. ` +
      "Complete it, or set subset=true to take what is there.",
  );
}

/** "1,281,167 pictures of 1,000 classes to train on, 50,000 to evaluate on". */
export function sizeText(
  { classes, train, evaluation }: Size | Found,
  what: PublishedSet["samples"],
): string {
  const [trained, evaluated] = [textOf(train), textOf(evaluation)];
  return `${trained} ${what} of ${
    amount(classes)
  } classes to train on, ${evaluated} to evaluate on`;
}

const textOf = (count: Amount | number) => typeof count === "number" ? amount(count) : count.text;
