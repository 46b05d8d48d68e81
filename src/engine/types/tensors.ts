/** `clusterfit.tensors`: numbers that Python holds, and files of them. */
import type { Scratch } from "./options.ts";

/** A tensor held by Python. Dispose it to free its memory. */
export interface Tensor extends Disposable {
  readonly shape: readonly number[];
  /** "float32", "uint8", "int64" ... */
  readonly dtype: string;
}

/** A JS typed array handed to Python, row-major; it is not copied. */
export interface HostArray {
  readonly data: Uint8Array | Int32Array | BigInt64Array | Float32Array | Float64Array;
  readonly shape: readonly number[];
}

/** The tensors of one safetensors file, by name. Disposing it disposes them. */
export interface TensorFile extends Disposable {
  /** Throws where the file has no tensor of that name. */
  get(name: string): Tensor;
  has(name: string): boolean;
}

export interface TensorsCalls {
  load(path: string): Promise<TensorFile>;
  /** Whole or not at all; the same input gives the same bytes. */
  save(path: string, tensors: Readonly<Record<string, Tensor | HostArray>>): Promise<void>;
  /** Writes float32 [T, D] rows, those from `start` on, into a file that with the last of its `total` rows has
   * the bytes that `save` writes for all of them under that name. What it holds behind `start` is replaced.
   * Flushed to the disk; gives what was written. */
  append(
    path: string,
    name: string,
    rows: Tensor,
    place: { readonly total: number; readonly start: number },
  ): Promise<{ bytes: number; sha256: string }>;
  /** A copy of the elements of a uint8, int64 (as numbers), float32 or float64 tensor, row-major. */
  toArray(tensor: Tensor): Uint8Array | Float32Array | Float64Array;
  /** Rows of a tensor, in the order of `rows`. */
  take(tensor: Tensor, rows: readonly number[], scratch?: Scratch): Tensor;
}
