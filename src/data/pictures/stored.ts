/** How the pixels of an index are found again: mapped from one file, or decoded from the files that were indexed. */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import type { DataServices } from "../services.ts";
import type { Good } from "./indexed.ts";

/** Pixels of all pictures, one after the other: uint8 height x width x 3 each. */
export const pixelsFile = "pixels.bin";

/** {offsets, heights, widths int64 [N]}: where each picture is in `pixels.bin`. */
export const shapesFile = "shapes.safetensors";

/** Where each picture is among the user's files, as py/clusterfit/data/files.py reads it. */
export const placesFile = "places.safetensors";

/** Writes `shapes.safetensors`; gives its name. */
export async function writeShapes(
  dir: string,
  { engine }: DataServices,
  good: readonly Good[],
): Promise<string> {
  let end = 0;
  const offsets = good.map(({ found: { storedWidth, storedHeight } }) => {
    const start = end;
    end += 3 * storedWidth * storedHeight;
    return start;
  });
  await engine.tensors.save(join(dir, shapesFile), { offsets: int64(offsets), ...sizes(good) });
  return shapesFile;
}

/** Writes `places.safetensors`; gives its name. */
export async function writePlaces(
  dir: string,
  { engine }: DataServices,
  good: readonly Good[],
): Promise<string> {
  const files = new Map<string, number>();
  for (const { picture: { file } } of good) if (!files.has(file)) files.set(file, files.size);
  const paths = [...files.keys()];
  let end = 0;
  const ends = paths.map((path) => end += Buffer.byteLength(path));
  await engine.tensors.save(join(dir, placesFile), {
    paths: { data: new TextEncoder().encode(paths.join("")), shape: [end] },
    ends: int64(ends),
    files: int64(good.map(({ picture: { file } }) => files.get(file)!)),
    offsets: int64(good.map(({ picture: { range } }) => range?.offset ?? whole)),
    lengths: int64(good.map(({ found: { bytes } }) => bytes)),
    digests: {
      data: Uint8Array.fromHex(good.map(({ found }) => found.sha256).join("")),
      shape: [good.length, 32],
    },
    ...sizes(good),
  });
  return placesFile;
}

/** The offset of a picture that is a file of its own. */
const whole = -1;

function sizes(good: readonly Good[]) {
  return {
    heights: int64(good.map(({ found: { storedHeight } }) => storedHeight)),
    widths: int64(good.map(({ found: { storedWidth } }) => storedWidth)),
  };
}

function int64(values: readonly number[]) {
  const data = new BigInt64Array(values.length);
  values.forEach((value, at) => data[at] = BigInt(value));
  return { data, shape: [values.length] };
}
