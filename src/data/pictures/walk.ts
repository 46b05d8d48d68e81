/** Every file below a folder, each once: through symbolic links, round no loop, hidden ones left out. */
import { basename, dirname, join } from "node:path/posix";
import { statIfThere } from "../../pipeline/files.ts";
import { mediumOf } from "./media.ts";
import type { Notes } from "./notes.ts";

export interface FoundFile {
  readonly kind: "file";
  /** Path below the root, with "/". */
  readonly name: string;
  readonly bytes: number;
  /** Time of the last change, milliseconds since 1970. */
  readonly changed: number;
}

export interface FoundFolder {
  readonly kind: "folder";
  /** Path below the root, with "/". */
  readonly name: string;
}

/** Whether a name is that of what nobody put there to be seen: with a leading dot (`.ipynb_checkpoints`,
 * `._a.jpg`), or what archives of macOS and Synology's servers add. */
function isHidden(name: string): boolean {
  return name.startsWith(".") || name === "__MACOSX" || name === "@eaDir";
}

/** Files and folders below `top`, a real path, in an order that depends on their names alone. What can be reached by
 * several ways is found once: by its own path where that lies below `top`, else by the first link to it. `notes` are
 * told what is left out. It reads synchronously: take turns (`turn.ts`). */
export function* walk(top: string, notes: Notes): Generator<FoundFile | FoundFolder> {
  /** Real paths of what was found. */
  const [folders, linkedFiles] = [new Set<string>(), new Set<string>()];
  const own = [""];
  const links = { folders: [] as string[], files: [] as string[] };
  // Links come last, so that what lies below the root has its own path whatever links to it.
  for (let name; (name = own.pop() ?? links.folders.sort().shift()) !== undefined;) {
    const real = Deno.realPathSync(join(top, name));
    if (folders.has(real) || top.startsWith(real === "/" ? real : `${real}/`)) {
      notes.leave("folders met twice by symbolic links", name);
      continue;
    }
    folders.add(real);
    if (name !== "") yield { kind: "folder", name };
    for (const entry of sortedEntries(real)) {
      const path = join(name, entry.name);
      if (isHidden(entry.name)) notes.leave("hidden files and folders", path);
      else if (entry.isDirectory) own.push(path);
      else if (entry.isSymlink) sortLink(top, path, links, notes);
      else yield* stated(top, path, notes);
    }
  }
  for (const name of links.files.sort()) {
    const real = Deno.realPathSync(join(top, name));
    const found = folders.has(dirname(real)) && !isHidden(basename(real)) &&
      mediumOf(real) !== "other";
    if (found || linkedFiles.has(real)) {
      if (mediumOf(name) === "picture") notes.leave("files met twice by symbolic links", name);
      continue;
    }
    linkedFiles.add(real);
    yield* stated(top, name, notes);
  }
}

function sortedEntries(folder: string): Deno.DirEntry[] {
  return [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1);
}

function sortLink(
  top: string,
  name: string,
  links: { readonly folders: string[]; readonly files: string[] },
  notes: Notes,
): void {
  try {
    const { isDirectory } = Deno.statSync(join(top, name));
    links[isDirectory ? "folders" : "files"].push(name);
  } catch (error) {
    // It leads nowhere, or round in a circle (ELOOP).
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.FilesystemLoop)) {
      throw error;
    }
    notes.leave("symbolic links that lead nowhere", name);
  }
}

function* stated(top: string, name: string, notes: Notes): Generator<FoundFile> {
  const info = statIfThere(join(top, name));
  // Deno shows what is no UTF-8 with a replacement character, and finds no file of that name.
  if (!info) notes.leave("files that are gone, or whose names are no UTF-8", name);
  else if (!info.isFile) notes.leave("pipes, sockets and devices", name);
  else yield { kind: "file", name, bytes: info.size, changed: info.mtime?.getTime() ?? 0 };
}
