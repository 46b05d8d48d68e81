/** Stage: every video of a collection decoded once, with what is in each, which are bad, and where to begin in them. */
import type { Stage } from "../../pipeline/stage.ts";
import type { DataServices } from "../services.ts";
import type { Collection } from "./collection.ts";
import { decodeVideos } from "./index_blocks.ts";
import { indexingStage } from "./indexing.ts";
import { keysFile, writeVideos } from "./stored.ts";

export type VideoIndexConfig = {
  /** Of the collection. */
  readonly fingerprint: string;
  /** SHA-256 of the names of its videos: it may be a sample of what the fingerprint is of. */
  readonly names: string;
  /** SHA-256 of the paths that videos are read from, each time. */
  readonly files: string;
  /** Of the packages that decide which frame is which, and its pixels. */
  readonly versions: Readonly<Record<string, string>>;
};

/** Fails with a UserError where more videos are bad than may be; see `indexingStage`. */
export function indexVideos(
  collection: Collection,
  maxBad: number,
): Stage<VideoIndexConfig, Record<never, never>, "dataset", DataServices> {
  return indexingStage<VideoIndexConfig>(collection, maxBad, {
    name: "videos.index",
    keptIn: () => keysFile,
    decode: ({ data }, _, path) => decodeVideos(data, path),
    card: () => ({ videos: true }),
    finish: async (dir, services, good) => [
      await writeVideos(dir, services, good, collection.pieceOf),
      keysFile,
    ],
  });
}
