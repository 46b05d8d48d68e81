/** Views: what a network sees of rows. */

/** How a network reads a row. */
export interface View {
  /** Side of a square image in pixels; null: as stored. */
  readonly size: number | null;
  /** Views of one row; in extraction their features are averaged, and training takes one. */
  readonly clips: number;
  /** Of a clip; null for stills. */
  readonly frames: number | null;
  /** Of a network that was trained elsewhere: resized to `resize`, the centre of `size` cut out, and normalised
   * by these; else (pixel - 127.5) / 64. */
  readonly preprocessing?: {
    readonly resize: number;
    readonly interpolation: "bilinear" | "bicubic" | "lanczos";
    readonly mean: readonly [number, number, number];
    readonly std: readonly [number, number, number];
  };
}

/** Preprocessing, and the side in pixels of what is cut out. */
export type Reading = NonNullable<View["preprocessing"]> & { readonly size: number };
