/** How the rows of an index are found again: their pixels mapped from one file, or decoded from the files that were
 * indexed. */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import type { DataServices, HostArray } from "../services.ts";
import type { Collection } from "./collection.ts";
import type { Good, IndexResult } from "./indexed.ts";

/** Pixels of all pictures, one after the other: uint8 height x width x 3 each. */
export const pixelsFile = "pixels.bin";

/** {offsets, heights, widths int64 [N]}: where each picture is in `pixels.bin`. */
export const shapesFile = "shapes.safetensors";

/** Where each picture is among the user's files, as py/clusterfit/data/files.py reads it. */
export const placesFile = "places.safetensors";

/** Where decoding can begin in all videos: int64 [K, 2], numbers of frames and their times in ticks, one video after
 * the other. */
export const keysFile = "keys.bin";

/** Where each video is among the user's files, as py/clusterfit/data/videos.py reads it. */
export const videosFile = "videos.safetensors";

type GoodPictures = IndexResult["good"];

/** Writes `shapes.safetensors`; gives its name. */
export async function writeShapes(
  dir: string,
  { engine }: DataServices,
  good: GoodPictures,
): Promise<string> {
  let end = 0;
  const offsets = ({ found: { storedWidth, storedHeight } }: Good) => {
    const start = end;
    end += 3 * storedWidth * storedHeight;
    return start;
  };
  await engine.tensors.save(join(dir, shapesFile), numbersOf(good, { offsets, ...sizes }));
  return shapesFile;
}

/** Writes `places.safetensors`; gives its name. */
export async function writePlaces(
  dir: string,
  { engine }: DataServices,
  good: GoodPictures,
  pieceOf: Collection["pieceOf"],
): Promise<string> {
  const places = new Map<string, number>();
  const placeOf = (file: string) => {
    const place = places.get(file) ?? places.size;
    places.set(file, place);
    return place;
  };
  const numbers = numbersOf(good, {
    files: ({ row }) => placeOf(pieceOf(row).file),
    offsets: ({ row }) => pieceOf(row).range?.offset ?? whole,
    lengths: ({ found }) => found.bytes,
    ...sizes,
  });
  const digests = new Uint8Array(32 * good.length);
  let at = 0;
  for (const { found } of good) digests.subarray(32 * at++).setFromHex(found.sha256);
  await engine.tensors.save(join(dir, placesFile), {
    ...pathsOf([...places.keys()]),
    ...numbers,
    digests: { data: digests, shape: [good.length, 32] },
  });
  return placesFile;
}

/** Writes `videos.safetensors`; gives its name. */
export async function writeVideos(
  dir: string,
  { engine }: DataServices,
  good: GoodPictures,
  pieceOf: Collection["pieceOf"],
): Promise<string> {
  await engine.tensors.save(join(dir, videosFile), {
    ...pathsOf(Array.from(good, ({ row }) => pieceOf(row).file)),
    ...numbersOf(good, {
      lengths: ({ found }) => found.bytes,
      frames: ({ found }) => found.video!.frames,
      key_counts: ({ found }) => found.video!.keys,
      ...sizes,
    }),
  });
  return videosFile;
}

/** The offset of a picture that is a file of its own. */
const whole = -1;

const sizes = {
  heights: ({ found }: Good) => found.storedHeight,
  widths: ({ found }: Good) => found.storedWidth,
};

/** Paths as UTF-8, one after the other, and where each ends. */
function pathsOf(paths: readonly string[]) {
  const utf8 = new TextEncoder();
  const ends = new BigInt64Array(paths.length);
  let end = 0;
  paths.forEach((path, at) => ends[at] = BigInt(end += Buffer.byteLength(path)));
  const data = new Uint8Array(end);
  end = 0;
  for (const path of paths) end += utf8.encodeInto(path, data.subarray(end)).written;
  return { paths: { data, shape: [end] }, ends: { data: ends, shape: [paths.length] } };
}

/** int64 [N] of each of these numbers. */
function numbersOf(
  good: GoodPictures,
  numbers: Readonly<Record<string, (one: Good) => number>>,
): Record<string, HostArray> {
  const columns = Object.entries(numbers)
    .map(([name, of]) => ({ name, of, data: new BigInt64Array(good.length) }));
  let at = 0;
  for (const one of good) {
    for (const { of, data } of columns) data[at] = BigInt(of(one));
    at++;
  }
  return Object.fromEntries(
    columns.map(({ name, data }) => [name, { data, shape: [good.length] }]),
  );
}
