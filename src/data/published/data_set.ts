/** A data set of the paper (its Table 2), as its users have it on the disk. */
import type { FoundFile } from "../pictures/walk.ts";
import type { Notes } from "../pictures/notes.ts";
import type { Split } from "../split.ts";
import type { Amount } from "./amount.ts";

/** How large a data set has to be. */
export interface Size {
  readonly classes: number;
  readonly train: Amount;
  /** Of the part that the paper evaluates on. */
  readonly evaluation: Amount;
}

/** What the paper's Table 2 says of it, in its words. */
export interface InPaper {
  readonly classes: number;
  /** Train and evaluation: "1.3M/50K". */
  readonly rows: string;
}

export interface PublishedSet {
  /** Small letters, digits and "-": what stands before the colon in `voc07:/data/VOCdevkit`. */
  readonly name: string;
  /** As the paper calls it. */
  readonly title: string;
  readonly size: Size;
  readonly paper: InPaper;
  readonly metric: "top-1" | "mAP";
  /** Passes over its training part that the paper's SGD probe makes, where the paper says so (supplement D). */
  readonly probeEpochs?: number;
  /** What one of its samples is: a file, or a folder of frames. */
  readonly samples: "pictures" | "videos" | "folders of frames";
  /** What the paper does with it, for people. */
  readonly use: string;
  /** What lies below its folder, a line each, for people. */
  readonly layout: readonly string[];
  /** What is there, and what should be and is not. `size`: how large it has to be. Rejects with a UserError where the
   * folder is laid out in another way. */
  list(root: Root, size: Size): Promise<Listing>;
}

/** The folder that the user named, and what reading it takes. */
export interface Root {
  /** As the user gave it: "voc07:/data/VOCdevkit". */
  readonly given: string;
  /** Absolute. */
  readonly path: string;
  readonly signal: AbortSignal;
  /** Told what is left out. */
  readonly notes: Notes;
}

/** A picture, a video or a folder of frames, by its path below the root; of a folder, `bytes` is what the system says of it. */
export type Sample<Label> = Omit<FoundFile, "kind"> & {
  /** "train", or the part that the paper evaluates on. */
  readonly part: Split;
  readonly label: Label;
};

/** Classes that a picture shows, by name. */
export interface Shown {
  readonly classes: readonly string[];
  /** Those that it shows in a way that is not judged: no positives to train on, and left out of the test. */
  readonly difficult: readonly string[];
}

/** What a data set holds: in any order. */
export type Listing =
  & {
    /** Paths below the root of what should be there and is not. */
    readonly missing: readonly string[];
  }
  & (
    | { readonly kind: "single"; readonly samples: readonly Sample<string>[] }
    | { readonly kind: "multi"; readonly samples: readonly Sample<Shown>[] }
  );
