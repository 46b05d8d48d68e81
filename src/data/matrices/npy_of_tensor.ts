/** A tensor in a file, as an array that NumPy loads. */
import { z } from "zod";
import { readUpTo, writeAll } from "../../pipeline/files.ts";
import { npyHead } from "./npy.ts";
import { readSafetensorsHeader } from "./safetensors_header.ts";

const headerSchema = z.record(
  z.string(),
  z.object({
    dtype: z.string().optional(),
    shape: z.array(z.int()).optional(),
    data_offsets: z.tuple([z.int(), z.int()]).optional(),
  }).loose(),
);

/** Writes the float32 tensor `name` of a safetensors file as an array in `path`, in pieces: it is never in memory
 * as a whole. */
export async function writeNpyOfTensor(
  path: string,
  safetensors: string,
  name: string,
): Promise<void> {
  using from = await Deno.open(safetensors, { read: true });
  const { json, begin } = await readSafetensorsHeader((count) => read(from, count));
  const { dtype, shape, data_offsets: place } = headerSchema.parse(json)[name] ?? {};
  if (dtype !== "F32" || !shape || !place) {
    throw new Error(`Cannot write ${path}: it needs float32 numbers, found ${dtype} in ${name}.`);
  }
  using to = await Deno.open(path, { write: true, createNew: true });
  await writeAll(to, npyHead("<f4", shape));
  await from.seek(begin + place[0], Deno.SeekMode.Start);
  for (let left = place[1] - place[0]; left > 0;) {
    const piece = await read(from, Math.min(left, 1 << 20));
    await writeAll(to, piece);
    left -= piece.length;
  }
}

async function read(file: Deno.FsFile, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readUpTo(file, length);
  if (bytes.length === length) return bytes;
  const missing = length - bytes.length;
  throw new Error(`Cannot read a tensor: the file ends ${missing} bytes too early.`);
}
