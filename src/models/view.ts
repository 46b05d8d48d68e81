/** How a network reads a row of a data set: the network's affair, not the data set's (a teacher may read 224
 * pixels, or 32 frames, where its student reads 32, or 8). */

/** How images become what a network was trained on; types, not interfaces: configs are JSON. */
export type Preprocessing = {
  /** The shorter side is resized to it, in pixels; then the centre is cut out. */
  readonly resize: number;
  /** How it is resized. */
  readonly interpolation: "bilinear" | "bicubic" | "lanczos";
  /** Of the red, green and blue of pixels from 0 to 1: (pixel - mean) / std. */
  readonly mean: readonly [number, number, number];
  /** Likewise. */
  readonly std: readonly [number, number, number];
};

/** How images are read; a type, not an interface: configs are JSON. */
export type View = {
  /** Side in pixels that images are resized to; null: as they are stored. */
  readonly size: number | null;
  /** Clips of a row that features are averaged over. */
  readonly clips: number;
  /** Frames of a clip; null for stills. */
  readonly frames: number | null;
  /** Of a network that was trained elsewhere; those that are trained here read (pixel - 127.5) / 64. */
  readonly preprocessing?: Preprocessing;
};

/**
 * Images as they are stored.
 *
 * @example Of small images
 * ```ts
 * import { asStored } from "clusterfit";
 *
 * console.log({ ...asStored, clips: 10 }); // { size: null, clips: 10, frames: null }
 * ```
 */
export const asStored: View = { size: null, clips: 1, frames: null };
