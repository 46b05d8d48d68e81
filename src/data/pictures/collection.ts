/** Pictures before any is decoded: where their bytes are, and what is said of them. A folder, a table, tar shards, a
 * saved data set and a folder of videos all become one of these. */
import type { Piece } from "../../engine/engine.ts";
import type { Split } from "../split.ts";

export type { Piece };

/** A picture of a collection. */
export interface Picture extends Piece {
  /** Unique in the collection, the same on every machine: the path below its root, with "/". */
  readonly name: string;
  /** What it shares with others of the same video, where its name does not say so. */
  readonly origin?: string;
}

/** What the pictures are labelled with, in their order. */
export type PictureLabels =
  & { readonly names: readonly string[] }
  & (
    | { readonly kind: "single"; readonly labels: readonly number[] }
    | {
      readonly kind: "multi";
      readonly labels: readonly (readonly number[])[];
      /** Classes that each picture shows in a way that is not judged: it trains as without them, and is left out
       * where they are tested. Absent where there are none. */
      readonly difficult?: readonly (readonly number[])[];
    }
  );

/** Pictures, and what is said of them. */
export interface Collection {
  /** As people call it: the last part of its path. */
  readonly title: string;
  /** As the user gave it. */
  readonly given: string;
  /** Sorted by name, in code units. */
  readonly pictures: readonly Picture[];
  /** SHA-256 of every name, length and time of change: other where any picture may have changed. */
  readonly fingerprint: string;
  /** Null where nothing is said of the pictures. */
  readonly labels: PictureLabels | null;
  /** The part of each picture, where the collection has parts of its own. */
  readonly parts: readonly Split[] | null;
  /** What was left out, and why, for people: "3 hidden folders". */
  readonly notes: readonly string[];
}
