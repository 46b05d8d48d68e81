/** How the pixels of an index are found again: mapped from one file, or decoded from the files that were indexed. */
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
  const offsets = new BigInt64Array(good.length);
  let end = 0;
  good.forEach(({ found: { storedWidth, storedHeight } }, row) => {
    offsets[row] = BigInt(end);
    end += 3 * storedWidth * storedHeight;
  });
  await engine.tensors.save(join(dir, shapesFile), {
    offsets: { data: offsets, shape: [good.length] },
    ...sizes(good),
  });
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
  const paths = [...files.keys()].map((path) => new TextEncoder().encode(path));
  const ends: number[] = [];
  for (const { length } of paths) ends.push((ends.at(-1) ?? 0) + length);
  await engine.tensors.save(join(dir, placesFile), {
    paths: { data: concatenate(paths, ends.at(-1) ?? 0), shape: [ends.at(-1) ?? 0] },
    ends: int64(ends),
    files: int64(good.map(({ picture: { file } }) => files.get(file)!)),
    offsets: int64(good.map(({ picture: { range } }) => range?.offset ?? whole)),
    lengths: int64(good.map(({ found: { bytes } }) => bytes)),
    digests: {
      data: concatenate(
        good.map(({ found }) => Uint8Array.fromHex(found.sha256)),
        32 * good.length,
      ),
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
  return { data: BigInt64Array.from(values, BigInt), shape: [values.length] };
}

function concatenate(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
