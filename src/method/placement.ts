/** Where a stage computes, and by what. Part of its config, hence of its key: other threads, other bytes. */
import type { View } from "../models/view.ts";
import type { Versions } from "./versions.ts";

/**
 * Where and by what a stage computes.
 *
 * @internal
 */
export type PlacementConfig = {
  readonly device: string;
  readonly precision: "float32" | "bfloat16";
  readonly threads: number;
  readonly versions: Versions;
};

/**
 * How a frozen network reads rows.
 *
 * @internal
 */
export type EvaluationConfig = PlacementConfig & {
  readonly view: View;
  /** Images per forward pass. */
  readonly batchSize: number;
};

/** Rows per forward pass where nothing is learned: fewer where they are large or clips, so that a layer's outputs stay
 * in the CPU's caches (EfficientNet-Lite0 at 224 pixels: 1.7 times as fast as with 64). */
export function evaluationBatch({ size, clips, frames }: View): number {
  const stills = size !== null && size > 96 ? 16 : 512;
  return Math.max(1, Math.floor(stills / (clips * (frames ?? 1))));
}
