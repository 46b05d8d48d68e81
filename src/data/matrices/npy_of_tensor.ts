/** A tensor in a file, as an array that NumPy loads. */
import { z } from "zod";
import { npyHead } from "./npy.ts";

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
  const length = Number(new DataView((await read(from, 8)).buffer).getBigUint64(0, true));
  const header = headerSchema.parse(JSON.parse(new TextDecoder().decode(await read(from, length))));
  const { dtype, shape, data_offsets: place } = header[name] ?? {};
  if (dtype !== "F32" || !shape || !place) {
    throw new Error(`Cannot write ${path}: it needs float32 numbers, found ${dtype} in ${name}.`);
  }
  using to = await Deno.open(path, { write: true, createNew: true });
  await write(to, npyHead("<f4", shape));
  await from.seek(8 + length + place[0], Deno.SeekMode.Start);
  for (let left = place[1] - place[0]; left > 0;) {
    const piece = await read(from, Math.min(left, 1 << 20));
    await write(to, piece);
    left -= piece.length;
  }
}

async function read(file: Deno.FsFile, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const count = await file.read(bytes.subarray(at));
    if (count === null) {
      throw new Error(`Cannot read a tensor: the file ends ${length - at} bytes too early.`);
    }
    at += count;
  }
  return bytes;
}

async function write(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}
