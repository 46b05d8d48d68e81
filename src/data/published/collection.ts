/** A data set of the paper as pictures: its own, or frames of its videos. */
import type { Engine } from "../../engine/engine.ts";
import { multiLabels, singleLabels } from "../pictures/classes.ts";
import type { Collection, Picture } from "../pictures/collection.ts";
import { fingerprintOf } from "../pictures/fingerprint.ts";
import { framesOf } from "../pictures/videos.ts";
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
  const pictures = await picturesOf(set, samples, options);
  const rows = pictures
    .flatMap((ofOne, sample) => ofOne.map((picture) => ({ picture, sample })))
    .sort((a, b) => a.picture.name < b.picture.name ? -1 : 1);
  const of = <Said>(said: readonly Said[]) => rows.map(({ sample }) => said[sample]!);
  return {
    pictures: rows.map(({ picture }) => picture),
    fingerprint: set.samples === "pictures"
      ? fingerprintOf(samples)
      : fingerprintOf(samples, "frames", options.interval),
    labels: listing.kind === "single"
      ? singleLabels(of(listing.samples).map(({ label }) => label))
      : multiLabels(
        of(listing.samples).map(({ label }) => label.classes),
        of(listing.samples).map(({ label }) => label.difficult),
      ),
    parts: of(samples).map(({ part }) => part),
  };
}

/** Of each sample. */
async function picturesOf(
  set: PublishedSet,
  samples: readonly Sample<unknown>[],
  { interval, signal, engine }: CollectPublished,
): Promise<readonly (readonly Picture[])[]> {
  switch (set.samples) {
    case "pictures":
      return samples.map(({ name, file }) => [{ name, file, range: null, seconds: null }]);
    case "videos":
      return await framesOf(samples, await engine(), { interval, signal });
    case "folders of frames":
      return await framesInFolders(samples, { interval, signal });
  }
}
