/** What a safetensors file says of itself: the entry "clusterfit" of its header, as `save` in
 * py/clusterfit/tensors.py writes it. */
import { z } from "zod";
import { UserError } from "../pipeline/errors.ts";
import { readUpTo, unlessMissing } from "../pipeline/files.ts";

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
  const length = await readUpTo(open, 8);
  const bytes = length.length === 8
    ? Number(new DataView(length.buffer).getBigUint64(0, true))
    : NaN;
  if (!(bytes <= Math.min(size - 8, mostBytes))) throw broken(path, "no header");
  const header = await readUpTo(open, bytes);
  try {
    const parsed = headerSchema.parse(JSON.parse(new TextDecoder().decode(header)));
    const text = parsed.__metadata__?.clusterfit;
    return text === undefined ? undefined : JSON.parse(text);
  } catch (error) {
    throw broken(path, error instanceof Error ? error.name : "another header");
  }
}

function broken(path: string, found: string): UserError {
  return new UserError(
    `Cannot read the network ${path}: it needs a whole safetensors file, found ${found}. Name another file, ` +
      "or fetch it again.",
  );
}
