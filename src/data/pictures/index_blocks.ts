/** Decodes a collection, a block of pictures at a time. */
import type { Decoding, Engine, IndexedBlock } from "../../engine/engine.ts";
import type { Progress } from "../../pipeline/stage.ts";
import type { Collection } from "./collection.ts";

/** Pictures in a block: what a stopped index decodes again at most. It changes no byte of what is made. */
const blockSize = 256;

export interface IndexBlocks {
  readonly decoding: Decoding;
  /** The file that takes the pixels; null where they are not kept. */
  readonly pixels: string | null;
  /** What is behind already: pictures, and bytes in the file of pixels. */
  readonly done: { readonly pictures: number; readonly bytes: number };
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
}

/** Gives the blocks that are left, in the order of the pictures. */
export async function* indexBlocks(
  { names, pieceOf }: Pick<Collection, "names" | "pieceOf">,
  { data }: { readonly data: Pick<Engine["data"], "index"> },
  { decoding, pixels, done, signal, progress }: IndexBlocks,
): AsyncGenerator<IndexedBlock> {
  const total = names.length;
  let start = done.bytes;
  for (let at = done.pictures; at < total; at += blockSize) {
    signal.throwIfAborted();
    const rows = Array.from({ length: Math.min(blockSize, total - at) }, (_, row) => at + row);
    const block = await data.index(
      rows.map(pieceOf),
      { ...decoding, pixels: pixels === null ? null : { path: pixels, start } },
      {
        signal,
        onProgress: (done) => progress({ done: at + done, total, unit: "pictures" }),
      },
    );
    start += block.bytes;
    yield block;
  }
}
