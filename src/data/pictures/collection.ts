/** Pictures before any is decoded: where their bytes are, and what is said of them. A folder, a table, tar shards, a
 * saved data set and a folder of videos all become one of these. */
import { join } from "node:path/posix";
import type { Piece } from "../../engine/engine.ts";
import type { Split } from "../split.ts";

export type { Piece };

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

/** Pictures, and what is said of them. A picture costs its name and a few numbers: there may be millions. */
export interface Collection {
  /** As people call it: the last part of its path. */
  readonly title: string;
  /** As the user gave it. */
  readonly given: string;
  /** Of the pictures, sorted in code units. Each is unique, and the same on every machine: the path below its
   * root, with "/". */
  readonly names: readonly string[];
  /** Where the bytes of the picture of `names[row]` are. Made anew each time: keep none that you do not need. */
  pieceOf(row: number): Piece;
  /** The video that this picture is a frame of: no two parts of a target hold frames of one. Absent for stills. */
  videoOf?(row: number): string;
  /** Whether each row is a whole video, a file or a folder of frames, of which clips are read. Absent for stills. */
  readonly clips?: true;
  /** SHA-256 of every name, length and time of change: other where any picture may have changed. */
  readonly fingerprint: string;
  /** Null where nothing is said of the pictures. */
  readonly labels: PictureLabels | null;
  /** The part of each picture, where the collection has parts of its own. */
  readonly parts: readonly Split[] | null;
  /** What was left out, and why, for people: "3 hidden folders". */
  readonly notes: readonly string[];
}

/** What is known of a collection before it is called something. */
export type CollectionRows = Omit<Collection, "title" | "given" | "notes">;

/** Pictures that are files, by their paths below a folder. */
export function filesBelow(root: string, names: readonly string[]): Collection["pieceOf"] {
  return (row) => ({ file: join(root, names[row]!), range: null, seconds: null });
}

/** Where the bytes of each picture are, in their order. */
export function* piecesOf(
  { names, pieceOf }: Pick<Collection, "names" | "pieceOf">,
): Generator<Piece> {
  for (const row of names.keys()) yield pieceOf(row);
}
