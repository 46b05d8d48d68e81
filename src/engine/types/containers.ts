/** The calls into `clusterfit.containers`. */
import type { JobOptions } from "./options.ts";

/** Where the pictures of an Arrow file are, row by row. */
export interface ArrowImages {
  /** Of the first byte of an embedded picture, in the file; -1 where none is embedded. */
  readonly offsets: ArrayLike<number>;
  /** Of an embedded picture, in bytes. */
  readonly lengths: ArrayLike<number>;
  /** What the row says of the picture's own file. */
  readonly paths: readonly (string | null)[];
  /** Cells of the label column; null where none was asked for. */
  readonly labels: readonly ArrowLabel[] | null;
}

export type ArrowLabel = null | number | string | readonly (number | string)[];

/** Files that hold many pictures, and that a library of Python has to open. */
export interface ContainersCalls {
  /** The rows of one Arrow file of a saved data set, in their order. Needs the extra "arrow". */
  arrowImages(
    path: string,
    columns: {
      /** Of structs { bytes, path }. */
      readonly image: string;
      readonly label: string | null;
    },
    job: JobOptions,
  ): Promise<ArrowImages>;
  /** The 1,797 handwritten digits of scikit-learn: uint8 [N, 32, 32, 3], and 0 to 9 for each. */
  digits(): Promise<{ readonly pixels: Uint8Array; readonly labels: readonly number[] }>;
  /** Seconds of each video; null where it cannot be read. Needs the extra "av". */
  videoDurations(paths: readonly string[], job: JobOptions): Promise<readonly (number | null)[]>;
}
