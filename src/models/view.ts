/** How a network reads a row of a data set: the network's affair, not the data set's (a teacher may read 224
 * pixels, or 32 frames, where its student reads 32, or 8). */

/** A type, not an interface: configs are JSON. */
export type View = {
  /** Side in pixels that images are resized to; null: as they are stored. */
  readonly size: number | null;
  /** Clips of a row that features are averaged over. */
  readonly clips: number;
  /** Frames of a clip; null for stills. */
  readonly frames: number | null;
};

/** Images as they are stored. */
export const asStored: View = { size: null, clips: 1, frames: null };
