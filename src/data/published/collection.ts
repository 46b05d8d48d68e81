/** A data set of the paper as pictures: its own, or frames of its videos. */
import { join } from "node:path";
import type { Engine } from "../../engine/engine.ts";
import { multiLabels, singleLabels } from "../pictures/classes.ts";
import { type Collection, filesBelow } from "../pictures/collection.ts";
import { fingerprintOf } from "../pictures/fingerprint.ts";
import { PieceColumns } from "../pictures/piece_columns.ts";
import { type Frame, framesOf } from "../pictures/videos.ts";
import type { PublishedSet, Sample } from "./data_set.ts";
import { framesInFolders } from "./frame_folders.ts";
import { type OpenPublished, openPublished } from "./open.ts";

export interface CollectPublished extends OpenPublished {
  /** Seconds between two frames of a video. */
  readonly interval: number;
  engine(): Promise<Pick<Engine, "containers">>;
}

/** `path`: absolute. Rejects with a UserError where it is not laid out as such, or not whole. */
export async function publishedCollection(
  set: PublishedSet,
  path: string,
  options: CollectPublished,
): Promise<Omit<Collection, "title" | "given" | "notes">> {
  const listing = await openPublished(set, path, options);
  const samples: readonly Sample<unknown>[] = listing.samples;
  const frames = await framesIn(set, path, samples, options);
  const rows = frames
    .flatMap((ofOne, sample) => ofOne.map((frame) => ({ frame, sample })))
    .sort((a, b) => a.frame.name < b.frame.name ? -1 : 1);
  const of = <Said>(said: readonly Said[]) => rows.map(({ sample }) => said[sample]!);
  const names = rows.map(({ frame }) => frame.name);
  const labels = listing.kind === "single"
    ? singleLabels(of(listing.samples).map(({ label }) => label))
    : multiLabels(
      of(listing.samples).map(({ label }) => label.classes),
      of(listing.samples).map(({ label }) => label.difficult),
    );
  const said = { names, labels, parts: of(samples).map(({ part }) => part) };
  if (set.samples === "pictures") {
    return { ...said, pieceOf: filesBelow(path, names), fingerprint: fingerprintOf(samples) };
  }
  const videos = of(samples).map(({ name }) => name);
  const pieces = PieceColumns.of(rows.map(({ frame }) => frame));
  return {
    ...said,
    pieceOf: (row) => pieces.at(row),
    videoOf: (row) => videos[row]!,
    fingerprint: fingerprintOf(samples, "frames", options.interval),
  };
}

/** Of each sample. */
async function framesIn(
  set: PublishedSet,
  path: string,
  samples: readonly Sample<unknown>[],
  { interval, signal, engine }: CollectPublished,
): Promise<readonly (readonly Frame[])[]> {
  switch (set.samples) {
    case "pictures":
      return samples.map(({ name }) => [{
        ...{ name, file: join(path, name), range: null, seconds: null },
      }]);
    case "videos":
      return await framesOf(path, samples, await engine(), { interval, signal });
    case "folders of frames":
      return await framesInFolders(path, samples, { interval, signal });
  }
}
