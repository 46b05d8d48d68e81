/** Samples that the lists of a data set name, found on the disk. */
import { basename, extname, join } from "node:path";
import { statIfThere } from "../../pipeline/files.ts";
import { Turn } from "../pictures/turn.ts";
import type { FoundFile } from "../pictures/walk.ts";
import type { Split } from "../split.ts";
import type { Root, Sample } from "./data_set.ts";
import { signed, videosIn } from "./files.ts";

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
  for await (const video of videosIn(root)) {
    const stem = basename(video.name, extname(video.name));
    if (!videos.has(stem)) videos.set(stem, video);
  }
  return videos;
}
