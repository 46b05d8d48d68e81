/** Frames of videos as a collection: one each `interval` seconds, from the first on. */
import { join } from "node:path/posix";
import type { Engine } from "../../engine/engine.ts";
import type { CollectionRows, Piece } from "./collection.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { layoutOf } from "./layout.ts";
import { amount, type Notes } from "./notes.ts";
import { PieceColumns } from "./piece_columns.ts";
import type { Files } from "./place.ts";

/** A video that cannot be read has one frame: the index says what is wrong with it. */
export async function videoCollection(
  { root, files: videos }: Files,
  engine: Pick<Engine, "containers">,
  { interval, signal }: { readonly interval: number; readonly signal: AbortSignal },
  notes: Notes,
): Promise<CollectionRows> {
  const frames = (await framesOf(root, videos, engine, { interval, signal })).flat()
    .sort((a, b) => a.name < b.name ? -1 : 1);
  const [count, files] = [amount(frames.length), amount(videos.length)];
  notes.say(`videos: ${files}, with a frame each ${interval} s: ${count}`);
  const names = frames.map(({ name }) => name);
  const pieces = PieceColumns.of(frames);
  return {
    names,
    pieceOf: (row) => pieces.at(row),
    videoOf: (row) => videoOf(names[row]!),
    fingerprint: fingerprintOf(videos, "frames", interval),
    ...layoutOf(names, notes),
  };
}

/** A frame of a video, or a picture that is one. */
export interface Frame extends Piece {
  /** As its collection calls it. */
  readonly name: string;
}

/** The frames of each video, in their order. `videos`: by their paths below `root`. */
export async function framesOf(
  root: string,
  videos: readonly { readonly name: string }[],
  engine: Pick<Engine, "containers">,
  { interval, signal }: { readonly interval: number; readonly signal: AbortSignal },
): Promise<Frame[][]> {
  const paths = videos.map(({ name }) => join(root, name));
  const durations = await engine.containers.videoDurations(paths, { signal });
  return videos.map(({ name }, at) => {
    const begun = Math.ceil((durations[at] ?? 0) / interval - 1e-6);
    return Array.from({ length: Math.max(1, begun) }, (_, frame) => {
      const seconds = frame * interval;
      return { name: frameName(name, seconds), file: paths[at]!, range: null, seconds };
    });
  });
}

/** `walk.mp4#t=00012.000`: a media fragment, with digits enough that names sort by time. */
function frameName(video: string, seconds: number): string {
  return `${video}#t=${seconds.toFixed(3).padStart(9, "0")}`;
}

/** The video that a frame is of, by the frame's name. */
export function videoOf(frame: string): string {
  return frame.slice(0, frame.lastIndexOf("#t="));
}
