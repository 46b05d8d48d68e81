/** Opens a data set of the paper: what is there of it, checked against the size that it has to have. */
import { explainSystemError, UserError } from "../../pipeline/errors.ts";
import { unlessMissing } from "../../pipeline/files.ts";
import type { Notes } from "../pictures/notes.ts";
import { checkComplete } from "./complete.ts";
import type { Listing, PublishedSet, Root, Size } from "./data_set.ts";

export interface OpenPublished {
  readonly signal: AbortSignal;
  /** Whether it may be other in size than the paper's. */
  readonly subset: boolean;
  /** Told what is left out, and what a subset lacks. */
  readonly notes: Notes;
  /** How large it has to be: as in the paper unless given. */
  readonly size?: Size;
}

/** Its samples, sorted by name, each once. `path`: absolute. Rejects with a UserError where it is not laid out as
 * such, or not whole. */
export async function openPublished(
  set: PublishedSet,
  path: string,
  { signal, subset, notes, size = set.size }: OpenPublished,
): Promise<Listing> {
  const root: Root = { given: `${set.name}:${path}`, path, signal, notes };
  try {
    const info = await unlessMissing(Deno.stat(root.path));
    if (!info?.isDirectory) {
      throw new UserError(
        `Cannot open ${root.given}: it needs a folder, found ${
          info ? "a file" : "nothing"
        } of that name. ` +
          "Give the one that it was unpacked into.",
      );
    }
    const listing = await set.list(root, size);
    const lacks = checkComplete(root, set, listing, { size, subset });
    if (lacks !== undefined) notes.say(lacks);
    return sorted(root, listing);
  } catch (error) {
    throw explainSystemError(error, `open ${root.given}`);
  }
}

function sorted({ given }: Root, listing: Listing): Listing {
  const byName = <One extends { readonly name: string }>(samples: readonly One[]) =>
    samples.toSorted((a, b) => a.name < b.name ? -1 : 1);
  const made: Listing = listing.kind === "single"
    ? { ...listing, samples: byName(listing.samples) }
    : { ...listing, samples: byName(listing.samples) };
  const twice = made.samples.find(({ name }, at) => made.samples[at + 1]?.name === name);
  if (!twice) return made;
  const name = JSON.stringify(twice.name);
  throw new UserError(
    `Cannot open ${given}: it needs each sample once in its lists, found ${name} twice. Leave one out.`,
  );
}
