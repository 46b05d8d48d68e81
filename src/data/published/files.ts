/** Files of a data set of the paper: those below a folder, and those that its lists name. */
import { basename, extname, join } from "node:path";
import { UserError } from "../../pipeline/errors.ts";
import { statIfThere, unlessMissing } from "../../pipeline/files.ts";
import { fileKind } from "../pictures/contents.ts";
import { someOf } from "../pictures/notes.ts";
import { Turn } from "../pictures/turn.ts";
import { type FoundFile, walk } from "../pictures/walk.ts";
import type { Split } from "../split.ts";
import type { Root, Sample } from "./data_set.ts";

/** The first of some paths below the root that is there. Rejects with a UserError where none is. */
export async function needOne(root: Root, paths: readonly string[]): Promise<string> {
  const found = await findOne(root, paths);
  if (found !== undefined) return found;
  const there = await unlessMissing(Array.fromAsync(Deno.readDir(root.path)));
  const names = there?.map(({ name, isDirectory }) => isDirectory ? `${name}/` : name).sort() ?? [];
  const wanted = paths.join(" or ");
  throw new UserError(
    `Cannot open ${root.given}: it needs ${wanted} in that folder, found ${
      someOf(names) || "nothing"
    }. ` + "Give the folder that holds it (clusterfit datasets shows the layout).",
  );
}

/** The first of some paths below the root that is there, or undefined. */
export async function findOne(root: Root, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (await unlessMissing(Deno.stat(join(root.path, path)))) return path;
  }
  return undefined;
}

/** Pictures below a folder of the root, named from the root, in the order of `walk`. */
export function picturesIn(root: Root, folder: string): AsyncGenerator<FoundFile> {
  return filesIn(root, folder, "picture");
}

/** A video as a list names it. */
interface ListedVideo {
  /** What its file may be called, without the extension: the first that is there is taken. */
  readonly stems: readonly string[];
  readonly part: Split;
  readonly label: string;
}

/** Videos of a list that lie anywhere below the root, and the names of those that do not. */
export async function lookUpVideos(
  root: Root,
  listed: Iterable<ListedVideo>,
): Promise<{ readonly samples: readonly Sample<string>[]; readonly missing: readonly string[] }> {
  const byStem = await videosByStem(root);
  const samples: Sample<string>[] = [];
  const missing: string[] = [];
  for (const { stems, part, label } of listed) {
    const found = stems.map((stem) => byStem.get(stem)).find((video) => video !== undefined);
    if (found) samples.push({ ...signed(found), part, label });
    else missing.push(stems[0]!);
  }
  return { samples, missing };
}

/** The first of several of one name. */
async function videosByStem(root: Root): Promise<ReadonlyMap<string, FoundFile>> {
  const videos = new Map<string, FoundFile>();
  for await (const video of filesIn(root, "", "video")) {
    const stem = basename(video.name, extname(video.name));
    if (!videos.has(stem)) videos.set(stem, video);
  }
  return videos;
}

/** What a sample has of its file. */
export function signed({ name, bytes, changed }: FoundFile): Omit<FoundFile, "kind"> {
  return { name, bytes, changed };
}

async function* filesIn(
  root: Root,
  folder: string,
  kind: "picture" | "video",
): AsyncGenerator<FoundFile> {
  const top = await Deno.realPath(join(root.path, folder));
  const turn = new Turn(root.signal);
  for (const found of walk(top, root.notes)) {
    if (turn.isOver) await turn.next();
    if (found.kind === "file" && fileKind(top, found.name) === kind) {
      yield { ...found, name: folder === "" ? found.name : `${folder}/${found.name}` };
    }
  }
}

/** What a list says of files or folders below the root: of those that are there, with their size and time, and the
 * names of those that are not. */
export async function lookUp<Said extends { readonly name: string }>(
  root: Root,
  listed: Iterable<Said>,
): Promise<{
  readonly samples: readonly (Said & Pick<FoundFile, "bytes" | "changed">)[];
  readonly missing: readonly string[];
}> {
  const samples = [];
  const missing: string[] = [];
  const turn = new Turn(root.signal);
  for (const said of listed) {
    if (turn.isOver) await turn.next();
    const info = statIfThere(join(root.path, said.name));
    if (!info) missing.push(said.name);
    else samples.push({ ...said, bytes: info.size, changed: info.mtime?.getTime() ?? 0 });
  }
  return { samples, missing };
}
