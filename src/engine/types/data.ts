/** `clusterfit.data`: rows of pixels, and the index of pictures. */
import type { JobOptions } from "./options.ts";
import type { Tensor, TensorFile } from "./tensors.ts";
import type { View } from "./view.ts";

/** Rows and where their pixels come from. */
export interface Source extends Disposable {
  readonly rows: number;
}

/** Where the bytes of a picture are. */
export interface Piece {
  /** Absolute path. */
  readonly file: string;
  /** Of a picture inside a larger file, in bytes; null for the whole file. */
  readonly range: { readonly offset: number; readonly bytes: number } | null;
  /** Of a frame of a video, in seconds; null for stills. */
  readonly seconds: number | null;
}

/** How pictures are decoded. */
export interface Decoding {
  /** Shorter sides that are longer than it are resized to it, in pixels. */
  readonly side: number;
  /** With which they are resized. */
  readonly interpolation: "bilinear" | "bicubic" | "lanczos";
}

export interface IndexOptions extends Decoding {
  /** Where the pixels go: into this file, from this byte on; what was behind it is dropped. Null: nowhere. */
  readonly pixels: { readonly path: string; readonly start: number } | null;
}

/** A picture that can be used, or why it cannot. */
export type Indexed = IndexedPicture | { readonly reason: string };

/** What is in the file of a picture. */
export interface IndexedPicture {
  /** Of its bytes, hex. */
  readonly sha256: string;
  /** Length of its bytes. */
  readonly bytes: number;
  /** As Pillow names it. */
  readonly format: string;
  /** Of the whole picture, in pixels, turned as EXIF says. */
  readonly width: number;
  /** Likewise. */
  readonly height: number;
  /** As it is read, in pixels. */
  readonly storedWidth: number;
  /** Likewise. */
  readonly storedHeight: number;
  /** What was done that may surprise; empty where nothing was. */
  readonly note: string;
  /** Of a whole video; absent for pictures. */
  readonly video?: VideoFacts;
}

/**
 * What is in a video, beside the size of a frame that stands upright, and the codec as its format; a type, not an
 * interface: logs are JSON.
 *
 * @internal
 */
export type VideoFacts = {
  /** How many it shows. */
  readonly frames: number;
  /** Frames a second on average; 0 where nothing says it. */
  readonly rate: number;
  /** Places where decoding can begin. */
  readonly keys: number;
};

/** What came of some pieces, in their order; `bytes` and `sha256` are those of what was written: pixels, or places in
 * videos. */
export interface IndexedBlock {
  readonly pictures: readonly Indexed[];
  readonly bytes: number;
  readonly sha256: string;
}

export interface DataCalls {
  /** Stills held in memory: uint8 [N, H, W, 3]. */
  packed(images: Tensor): Source;
  /** Clips held in memory: uint8 [N, T, H, W, 3]. */
  clips(images: Tensor): Source;
  /** Pictures in a file that `index` wrote. `shapes`: {offsets, heights, widths int64 [N]}. */
  pixels(path: string, shapes: TensorFile): Source;
  /** Pictures that are decoded each time they are read. `places`: {paths uint8, ends int64 [F], files, offsets,
   * lengths, heights, widths int64 [N], digests uint8 [N, 32]}, as py/clusterfit/data/files.py says. */
  files(places: TensorFile, decoding: Decoding): Source;
  /** Clips of videos that are decoded each time they are read. `keys`: the file that `indexVideos` wrote. `videos`:
   * {paths uint8, ends, key_counts, lengths, frames, heights, widths int64 [N]}, as py/clusterfit/data/videos.py says. */
  videos(keys: string, videos: TensorFile): Source;
  /** Decodes videos in threads, files or folders of frames; progress counts them. `keys`: the file that takes the
   * places where decoding can begin, from byte `start` on; null: none does. */
  indexVideos(
    paths: readonly string[],
    keys: { readonly path: string; readonly start: number } | null,
    watch?: JobOptions,
  ): Promise<IndexedBlock>;
  /** Decodes pictures in threads; progress counts them. */
  index(
    pieces: readonly Piece[],
    options: IndexOptions,
    watch?: JobOptions,
  ): Promise<IndexedBlock>;
  /** uint8 [rows, H, W, 3]: these rows through a view. */
  read(source: Source, rows: readonly number[], view: View): Promise<Tensor>;
}
