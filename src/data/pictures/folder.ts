/** A folder of pictures as a collection. */
import { type Collection, filesBelow } from "./collection.ts";
import { type Contents, emptyFolders, kindsOf } from "./contents.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { layoutOf } from "./layout.ts";
import type { Notes } from "./notes.ts";

export function folderCollection(
  { root, pictures, videos, tars, others, folders }: Contents,
  notes: Notes,
): Omit<Collection, "title" | "given" | "notes"> {
  const names = pictures.map(({ name }) => name);
  for (const folder of emptyFolders(folders, names)) {
    notes.leave("folders without a picture", folder);
  }
  const beside = [...videos, ...tars, ...others];
  if (beside.length > 0) {
    notes.say(`left out, files that are no pictures: ${kindsOf(beside)}`);
  }
  return {
    names,
    pieceOf: filesBelow(root, names),
    fingerprint: fingerprintOf(pictures),
    ...layoutOf(names, notes),
  };
}
