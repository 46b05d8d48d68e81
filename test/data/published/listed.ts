/** A small folder laid out as a data set of the paper, opened. */
import type { Listing, PublishedSet } from "../../../src/data/published/data_set.ts";
import { exactly } from "../../../src/data/published/amount.ts";
import { openPublished } from "../../../src/data/published/open.ts";
import { Notes } from "../../../src/data/pictures/notes.ts";
import { toyFolder } from "../pictures/toy_folder.ts";

/** [classes, to train on, to evaluate on]. */
export type Counts = readonly [classes: number, train: number, evaluation: number];

/** What each sample is, by its name: `[part, label]`; what is missing; and the notes. */
export async function listed(
  set: PublishedSet,
  files: readonly string[] | Readonly<Record<string, string>>,
  [classes, train, evaluation]: Counts,
  { subset = false } = {},
): Promise<
  {
    readonly samples: Readonly<Record<string, readonly [string, unknown]>>;
    readonly missing: readonly string[];
    readonly notes: readonly string[];
    readonly listing: Listing;
  }
> {
  await using folder = await toyFolder(files);
  const notes = new Notes();
  const listing = await openPublished(set, folder.path, {
    ...{ signal: new AbortController().signal, subset, notes },
    size: { classes, train: exactly(train), evaluation: exactly(evaluation) },
  });
  const samples = Object.fromEntries(
    listing.samples.map(({ name, part, label }) => [name, [part, label] as const]),
  );
  return { samples, missing: listing.missing, notes: notes.lines(), listing };
}

/** Empty files of these names. */
export const empty = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, ""]));
