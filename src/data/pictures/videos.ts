/** Frames of videos as a collection: one each `interval` seconds, from the first on. */
import type { Engine } from "../../engine/engine.ts";
import type { Collection, Picture } from "./collection.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { layoutOf } from "./layout.ts";
import { amount, type Notes } from "./notes.ts";
import type { FoundFile } from "./walk.ts";

/** `videos`: sorted by name. A video that cannot be read has one frame: the index says what is wrong with it. */
export async function videoCollection(
  videos: readonly FoundFile[],
  engine: Pick<Engine, "containers">,
  { interval, signal }: { readonly interval: number; readonly signal: AbortSignal },
  notes: Notes,
): Promise<Omit<Collection, "title" | "given" | "notes">> {
  const pictures = (await framesOf(videos, engine, { interval, signal })).flat()
    .sort((a, b) => a.name < b.name ? -1 : 1);
  const [frames, files] = [amount(pictures.length), amount(videos.length)];
  notes.say(`videos: ${files}, with a frame each ${interval} s: ${frames}`);
  return {
    pictures,
    fingerprint: fingerprintOf(videos, "frames", interval),
    ...layoutOf(pictures.map(({ name }) => name), notes),
  };
}

/** The frames of each video, in their order. */
export async function framesOf(
  videos: readonly Pick<FoundFile, "name" | "file">[],
  engine: Pick<Engine, "containers">,
  { interval, signal }: { readonly interval: number; readonly signal: AbortSignal },
): Promise<Picture[][]> {
  const paths = videos.map(({ file }) => file);
  const durations = await engine.containers.videoDurations(paths, { signal });
  return videos.map(({ name, file }, at) => {
    const begun = Math.ceil((durations[at] ?? 0) / interval - 1e-6);
    return Array.from({ length: Math.max(1, begun) }, (_, frame) => {
      const seconds = frame * interval;
      return { name: frameName(name, seconds), file, range: null, seconds };
    });
  });
}

/** `walk.mp4#t=00012.000`: a media fragment, with digits enough that names sort by time. */
function frameName(video: string, seconds: number): string {
  return `${video}#t=${seconds.toFixed(3).padStart(9, "0")}`;
}

/** What frames of one video share: no two parts of a target may hold such frames. */
export function sharedOrigin(
  { name, seconds, origin }: Pick<Picture, "name" | "seconds" | "origin">,
): string {
  return origin ?? (seconds === null ? name : name.slice(0, name.lastIndexOf("#t=")));
}
