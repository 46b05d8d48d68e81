/** A data set of the paper as rows: its pictures, frames of its videos, or whole videos. */
import type { Engine } from "../../engine/engine.ts";
import { UserError } from "../../pipeline/errors.ts";
import { multiLabels, singleLabels } from "../pictures/classes.ts";
import { clipsOfVideos } from "../pictures/clips.ts";
import { type CollectionRows, filesBelow } from "../pictures/collection.ts";
import { fingerprintOf } from "../pictures/fingerprint.ts";
import { PieceColumns } from "../pictures/piece_columns.ts";
import { framesOf } from "../pictures/videos.ts";
import type { Listing, PublishedSet, Sample } from "./data_set.ts";
import { framesInFolders } from "./frame_folders.ts";
import { type OpenPublished, openPublished } from "./open.ts";

export interface CollectPublished extends OpenPublished {
  /** What is read of its videos: clips of whole ones, or a frame each so many seconds. */
  readonly read: "clips" | { readonly interval: number };
  engine(): Promise<Pick<Engine, "containers">>;
}

/** `path`: absolute. Rejects with a UserError where it is not laid out as such, or not whole. */
export async function publishedCollection(
  set: PublishedSet,
  path: string,
  options: CollectPublished,
): Promise<CollectionRows> {
  const { read } = options;
  if (read === "clips" && set.samples === "pictures") {
    throw new UserError(
      `Cannot read clips of ${set.title}: it needs videos, found pictures. Give another data set, or a network of ` +
        "stills.",
    );
  }
  const listing = await openPublished(set, path, options);
  if (read === "clips") return clipsOfVideos(ofFiles(path, listing));
  return set.samples === "pictures"
    ? ofFiles(path, listing)
    : await ofFrames(set.samples, path, listing, { ...options, ...read });
}

/** A row for each sample: pictures, or whole videos. */
function ofFiles(path: string, listing: Listing): CollectionRows {
  const names = listing.samples.map(({ name }) => name);
  return {
    ...{ names, ...saidOf(listing), pieceOf: filesBelow(path, names) },
    fingerprint: fingerprintOf(listing.samples),
  };
}

async function ofFrames(
  kind: "videos" | "folders of frames",
  path: string,
  listing: Listing,
  { interval, signal, engine }: CollectPublished & { readonly interval: number },
): Promise<CollectionRows> {
  const samples: readonly Sample<unknown>[] = listing.samples;
  const frames = kind === "videos"
    ? await framesOf(path, samples, await engine(), { interval, signal })
    : await framesInFolders(path, samples, { interval, signal });
  const rows = frames
    .flatMap((ofOne, sample) => ofOne.map((frame) => ({ frame, sample })))
    .sort((a, b) => a.frame.name < b.frame.name ? -1 : 1);
  const names = rows.map(({ frame }) => frame.name);
  const places = rows.map(({ sample }) => sample);
  const videos = places.map((place) => samples[place]!.name);
  const pieces = PieceColumns.of(rows.map(({ frame }) => frame));
  return {
    ...{ names, ...saidOf(listing, places) },
    pieceOf: (row) => pieces.at(row),
    videoOf: (row) => videos[row]!,
    fingerprint: fingerprintOf(samples, "frames", interval),
  };
}

/** What is said of the samples in these places; of all of them, in their order, unless given. */
function saidOf(
  listing: Listing,
  places: readonly number[] = [...listing.samples.keys()],
): Pick<CollectionRows, "labels" | "parts"> {
  const of = <Said>(all: readonly Said[]) => places.map((place) => all[place]!);
  return {
    labels: listing.kind === "single"
      ? singleLabels(of(listing.samples).map(({ label }) => label))
      : multiLabels(
        of(listing.samples).map(({ label }) => label.classes),
        of(listing.samples).map(({ label }) => label.difficult),
      ),
    parts: of<Sample<unknown>>(listing.samples).map(({ part }) => part),
  };
}
