/** What an artifact will be like, as far as the time, memory and disk of later stages depend on it. */
import type { Split } from "../../data/split.ts";

/** By kind of artifact. */
export interface Shapes {
  readonly dataset: {
    readonly rows: number;
    /** Pixels of the shorter side. */
    readonly side: number;
    /** Bytes of a row in main memory while it is read: none where it is read from a file. */
    readonly held: number;
  };
  readonly labels: { readonly classes: number };
  /** Rows of each part. */
  readonly parts: Readonly<Record<Split, number>>;
  readonly features: { readonly rows: number; readonly dimensions: number };
  readonly network: {
    readonly arch: string;
    readonly width: number | null;
    readonly heads: Readonly<Record<string, number>>;
  };
  readonly other: Readonly<Record<never, never>>;
}

export type Shape = Shapes[keyof Shapes];
