/** Whole videos as a collection: a row each, of which clips are read. */
import type { CollectionRows } from "./collection.ts";

/** Rows that are files of videos, or folders of their frames, as rows that clips are read of. */
export function clipsOfVideos(rows: CollectionRows): CollectionRows {
  return { ...rows, clips: true, videoOf: (row) => rows.names[row]! };
}
