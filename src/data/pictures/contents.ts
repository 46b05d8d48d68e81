/** What a folder holds: pictures, videos, tar shards, and what is none of these. */
import { extname, join } from "node:path/posix";
import { type Medium, mediumOf, startsAsPicture } from "./media.ts";
import { amount, type Notes } from "./notes.ts";
import { Turn } from "./turn.ts";
import { type FoundFile, walk } from "./walk.ts";

export interface Contents {
  /** Its real path, which the names begin at. */
  readonly root: string;
  readonly pictures: readonly FoundFile[];
  readonly videos: readonly FoundFile[];
  readonly tars: readonly FoundFile[];
  readonly others: readonly FoundFile[];
  /** Paths of the folders, below it. */
  readonly folders: readonly string[];
}

/** All that lies below `root`, each sorted by name. `notes` are told what is hidden or met twice. */
export async function contentsOf(
  root: string,
  notes: Notes,
  signal: AbortSignal,
): Promise<Contents> {
  const top = await Deno.realPath(root);
  const files: Record<FileKind, FoundFile[]> = { picture: [], video: [], tar: [], other: [] };
  const folders: string[] = [];
  const turn = new Turn(signal);
  for (const found of walk(top, notes)) {
    if (turn.isOver) await turn.next();
    if (found.kind === "folder") folders.push(found.name);
    else files[fileKind(top, found.name)].push(found);
  }
  for (const list of Object.values(files)) list.sort((a, b) => a.name < b.name ? -1 : 1);
  const { picture: pictures, video: videos, tar: tars, other: others } = files;
  return { root: top, pictures, videos, tars, others, folders: folders.sort() };
}

type FileKind = Exclude<Medium, "unknown">;

/** What a file is, by its name; where that does not tell, by its first bytes. */
export function fileKind(root: string, name: string): FileKind {
  const medium = mediumOf(name);
  if (medium !== "unknown") return medium;
  return startsAsPicture(join(root, name)) ? "picture" : "other";
}

/** The uppermost folders that no file of `names` lies in. */
export function emptyFolders(folders: readonly string[], names: readonly string[]): string[] {
  const used = new Set([""]);
  for (const name of names) {
    for (let at = name.lastIndexOf("/"); at > 0; at = name.lastIndexOf("/", at - 1)) {
      const folder = name.slice(0, at);
      if (used.has(folder)) break; // so are those above it
      used.add(folder);
    }
  }
  return folders.filter((folder) =>
    !used.has(folder) && used.has(folder.slice(0, Math.max(0, folder.lastIndexOf("/"))))
  );
}

/** Kinds of files that are named. */
const shown = 6;

/** "3 .txt, 1 without an extension": how many files of each kind, the commonest first. */
export function kindsOf(files: readonly Pick<FoundFile, "name">[]): string {
  const counts = Map.groupBy(files, ({ name }) => extname(name).toLowerCase());
  const kinds = [...counts]
    .sort(([a, { length: n }], [b, { length: m }]) => m - n || (a < b ? -1 : 1))
    .map(([extension, { length }]) => `${amount(length)} ${extension || "without an extension"}`);
  return [...kinds.slice(0, shown), ...(kinds.length > shown ? ["..."] : [])].join(", ");
}
