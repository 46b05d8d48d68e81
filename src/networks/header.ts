/** What a safetensors file says of itself: the entry "clusterfit" of its header, as `save` in
 * py/clusterfit/tensors.py writes it. */
import { z } from "zod";
import { UserError } from "../pipeline/errors.ts";
import { unlessMissing } from "../pipeline/files.ts";

/** Bytes of a header that is believed; safetensors itself allows as many. */
const mostBytes = 100_000_000;

const headerSchema = z.object({
  __metadata__: z.object({ clusterfit: z.string().optional() }).optional(),
});

/** The JSON of that entry; undefined where there is none. Throws a UserError where it is no whole safetensors file. */
export async function readMetadata(path: string): Promise<unknown> {
  const file = await unlessMissing(Deno.open(path, { read: true }));
  if (!file) throw broken(path, "no such file");
  using open = file;
  const { size } = await open.stat();
  const length = await read(open, 8);
  const bytes = length ? Number(new DataView(length.buffer).getBigUint64(0, true)) : NaN;
  if (!(bytes <= Math.min(size - 8, mostBytes))) throw broken(path, "no header");
  const header = await read(open, bytes);
  try {
    const parsed = headerSchema.parse(JSON.parse(new TextDecoder().decode(header)));
    const text = parsed.__metadata__?.clusterfit;
    return text === undefined ? undefined : JSON.parse(text);
  } catch (error) {
    throw broken(path, error instanceof Error ? error.name : "another header");
  }
}

async function read(file: Deno.FsFile, bytes: number): Promise<Uint8Array | undefined> {
  const buffer = new Uint8Array(bytes);
  for (let at = 0; at < bytes;) {
    const got = await file.read(buffer.subarray(at));
    if (got === null) return undefined;
    at += got;
  }
  return buffer;
}

function broken(path: string, found: string): UserError {
  return new UserError(
    `Cannot read the network ${path}: it needs a whole safetensors file, found ${found}. Name another file, ` +
      "or fetch it again.",
  );
}
