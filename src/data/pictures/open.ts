/** Opens what a user names with `--data` or `--target`: the one place that knows every kind of collection. */
import { basename } from "node:path";
import type { Engine } from "../../engine/engine.ts";
import { explainSystemError, UserError } from "../../pipeline/errors.ts";
import { publishedCollection } from "../published/collection.ts";
import type { Collection, CollectionRows } from "./collection.ts";
import { clipsOfVideos } from "./clips.ts";
import { contentsOf, fileKind, kindsOf } from "./contents.ts";
import { folderCollection, rowsOfFiles } from "./folder.ts";
import { Notes } from "./notes.ts";
import { type Place, placeOf } from "./place.ts";
import { savedCollection } from "./saved.ts";
import { shardCollection } from "./shards.ts";
import { tableCollection } from "./table.ts";
import { videoCollection } from "./videos.ts";
import { Turn } from "./turn.ts";
import { walk } from "./walk.ts";

/** What opening a collection takes. */
export interface OpenOptions {
  /** Aborted, it is given up. */
  readonly signal: AbortSignal;
  /** Asked for only where a library of Python has to look: for videos and saved data sets. */
  engine(): Promise<Pick<Engine, "containers">>;
  /** Seconds between two frames of a video: 1 unless said. */
  readonly interval?: number;
  /** Whether each row is a whole video, of which clips are read, instead of a picture or a frame of one. */
  readonly clips?: boolean;
  /** Whether a data set of the paper may be other in size than it is there. */
  readonly subset?: boolean;
}

/**
 * The collection that `given` names; a relative path begins at the working folder. Rejects with a UserError where
 * there is none, or no picture in it.
 *
 * @example What is in a folder
 * ```ts
 * import { openCollection, startEngine } from "clusterfit";
 *
 * const folder = await Deno.makeTempDir();
 * await Deno.mkdir(`${folder}/cats`);
 * await Deno.writeFile(`${folder}/cats/tom.png`, new Uint8Array()); // nothing is decoded here
 * const { signal } = new AbortController();
 * const { names } = await openCollection(folder, { engine: startEngine, signal });
 * console.log(names[0]); // cats/tom.png
 * ```
 */
export async function openCollection(given: string, options: OpenOptions): Promise<Collection> {
  const place = await placeOf(given);
  const notes = new Notes();
  try {
    const found = await openPlace(place, options, notes);
    if (found.names.length === 0) {
      throw noPictures(place.path, emptyIn[place.kind], notes.lines());
    }
    const title = place.kind === "published" ? place.set.title : basename(place.path);
    return { title, given, ...found, notes: notes.lines() };
  } catch (error) {
    throw explainSystemError(error, `open ${given}`);
  }
}

async function openPlace(
  place: Place,
  options: OpenOptions,
  notes: Notes,
): Promise<CollectionRows> {
  const { signal, engine, interval = 1, subset = false, clips = false } = options;
  switch (place.kind) {
    case "table": {
      const rows = await tableCollection(place.path, signal, notes);
      return clips ? clipsOfVideos(rows) : rows;
    }
    case "published":
      return await publishedCollection(place.set, place.path, {
        ...{ signal, engine, subset, notes },
        read: clips ? "clips" : { interval },
      });
    case "saved":
      if (clips) throw noVideos(place.path, "a saved data set");
      return await savedCollection(place.path, place.saved, await engine(), signal, notes);
    case "shards":
      if (clips) throw noVideos(place.path, "tar shards");
      return await shardCollection(place, place.path, signal, notes);
    case "video":
      if (clips) return clipsOfVideos(rowsOfFiles(place, notes));
      return await videoCollection(place, await engine(), { interval, signal }, notes);
    case "folder": {
      const contents = await contentsOf(place.path, notes, signal);
      const { root, pictures, tars, videos, others } = contents;
      if (clips) {
        if (videos.length > 0) return clipsOfVideos(folderCollection(contents, "videos", notes));
        throw noVideos(place.path, kindsOf([...pictures, ...tars, ...others]) || "no file");
      }
      if (pictures.length > 0) return folderCollection(contents, "pictures", notes);
      if (tars.length > 0) {
        return await shardCollection({ root, files: tars }, place.path, signal, notes);
      }
      if (videos.length > 0) {
        const files = { root, files: videos };
        return await videoCollection(files, await engine(), { interval, signal }, notes);
      }
      throw noPictures(place.path, kindsOf(others) || "no file", notes.lines());
    }
  }
}

/** Extras of Python that reading `given` needs. Rejects as `openCollection` does where nothing is there. */
export async function extrasOfCollection(
  given: string,
  signal: AbortSignal,
): Promise<readonly ("arrow" | "av")[]> {
  const place = await placeOf(given);
  if (place.kind === "published") return place.set.samples === "videos" ? ["av"] : [];
  if (place.kind === "saved") return ["arrow"];
  if (place.kind === "video") return ["av"];
  if (place.kind !== "folder") return [];
  let videos = false;
  const root = await Deno.realPath(place.path);
  const turn = new Turn(signal);
  for (const found of walk(root, new Notes())) {
    if (turn.isOver) await turn.next();
    if (found.kind === "folder") continue;
    const medium = fileKind(root, found.name);
    if (medium === "picture" || medium === "tar") return [];
    videos ||= medium === "video";
  }
  return videos ? ["av"] : [];
}

/** What is found where no picture is. */
const emptyIn: Readonly<Record<Place["kind"], string>> = {
  table: "no row",
  published: "no sample",
  saved: "no row",
  shards: "no member",
  video: "no frame",
  folder: "no file",
};

function noVideos(path: string, found: string): UserError {
  return new UserError(
    `Cannot read clips of ${path}: it needs videos, found ${found}. Give a folder of videos or a table of their ` +
      "paths, or a network of stills.",
  );
}

function noPictures(path: string, found: string, notes: readonly string[] = []): UserError {
  const more = notes.map((note) => `; ${note}`).join("");
  return new UserError(
    `Cannot open ${path}: it needs pictures, found ${found}${more}. Give the folder that they lie in.`,
  );
}
