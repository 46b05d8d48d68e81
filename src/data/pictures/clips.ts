/** Whole videos as a collection: a row each, of which clips are read. */
import { type Collection, filesBelow } from "./collection.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { layoutOf } from "./layout.ts";
import type { Notes } from "./notes.ts";
import type { Files } from "./place.ts";

type Rows = Omit<Collection, "title" | "given" | "notes">;

/** A row for each of these files. */
export function wholeVideos({ root, files }: Files, notes: Notes): Rows {
  const names = files.map(({ name }) => name);
  return clipsOfVideos({
    names,
    pieceOf: filesBelow(root, names),
    fingerprint: fingerprintOf(files),
    ...layoutOf(names, notes),
  });
}

/** Rows that are files of videos, or folders of their frames, as rows that clips are read of. */
export function clipsOfVideos(rows: Rows): Rows {
  return { ...rows, clips: true, videoOf: (row) => rows.names[row]! };
}
