/** Decodes a collection, a block of rows at a time. */
import type { Decoding, Engine, IndexedBlock, JobOptions, Piece } from "../../engine/engine.ts";
import type { Progress } from "../../pipeline/stage.ts";
import type { Collection } from "./collection.ts";

/** Decodes some rows; what is kept of them goes behind byte `start` of a file. */
type Decode = (
  pieces: readonly Piece[],
  start: number,
  watch: JobOptions,
) => Promise<IndexedBlock>;

export interface DecodeBlock {
  /** Rows in a block: what a stopped index decodes again at most. It changes no byte of what is made. */
  readonly rows: number;
  readonly decode: Decode;
}

/** `path`: the file that takes the pixels; null where they are not kept. */
export function decodePictures(
  data: Pick<Engine["data"], "index">,
  decoding: Decoding,
  path: string | null,
): DecodeBlock {
  const decode: Decode = (pieces, start, watch) =>
    data.index(pieces, { ...decoding, pixels: path === null ? null : { path, start } }, watch);
  return { rows: 256, decode };
}

/** `path`: the file that takes the places where decoding can begin; null where they are not kept. */
export function decodeVideos(
  data: Pick<Engine["data"], "indexVideos">,
  path: string | null,
): DecodeBlock {
  const decode: Decode = (pieces, start, watch) =>
    data.indexVideos(pieces.map(({ file }) => file), path === null ? null : { path, start }, watch);
  return { rows: 32, decode };
}

export interface IndexBlocks {
  /** What is behind already: rows, and bytes in the file that takes what is kept. */
  readonly done: { readonly pictures: number; readonly bytes: number };
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
}

/** Gives the blocks that are left, in the order of the rows. */
export async function* indexBlocks(
  collection: Pick<Collection, "names" | "pieceOf" | "clips">,
  { rows: size, decode }: DecodeBlock,
  { done, signal, progress }: IndexBlocks,
): AsyncGenerator<IndexedBlock> {
  const total = collection.names.length;
  const unit = unitOf(collection);
  let start = done.bytes;
  for (let at = done.pictures; at < total; at += size) {
    signal.throwIfAborted();
    const rows = Array.from({ length: Math.min(size, total - at) }, (_, row) => at + row);
    const block = await decode(rows.map(collection.pieceOf), start, {
      signal,
      onProgress: (done) => progress({ done: at + done, total, unit }),
    });
    start += block.bytes;
    yield block;
  }
}

/** What the rows of a collection are, for people. */
export function unitOf({ clips }: Pick<Collection, "clips">): "videos" | "pictures" {
  return clips ? "videos" : "pictures";
}
