/** Files of a folder as a collection: its pictures, or its videos. */
import { type CollectionRows, filesBelow } from "./collection.ts";
import { type Contents, emptyFolders, kindsOf } from "./contents.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { layoutOf } from "./layout.ts";
import type { Notes } from "./notes.ts";
import type { Files } from "./place.ts";

/** A row for each file of this kind. `notes` are told what lies beside them. */
export function folderCollection(
  { root, folders, ...files }: Contents,
  kind: "pictures" | "videos",
  notes: Notes,
): CollectionRows {
  const { [kind]: own, ...others } = files;
  for (const folder of emptyFolders(folders, own.map(({ name }) => name))) {
    notes.leave(`folders without a ${kind.slice(0, -1)}`, folder);
  }
  const beside = Object.values(others).flat();
  if (beside.length > 0) {
    notes.say(`left out, files that are no ${kind}: ${kindsOf(beside)}`);
  }
  return rowsOfFiles({ root, files: own }, notes);
}

/** A row for each of these files. */
export function rowsOfFiles({ root, files }: Files, notes: Notes): CollectionRows {
  const names = files.map(({ name }) => name);
  return {
    names,
    pieceOf: filesBelow(root, names),
    fingerprint: fingerprintOf(files),
    ...layoutOf(names, notes),
  };
}
