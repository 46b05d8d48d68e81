/** `clusterfit.features`: what a network makes of rows. */
import type { Source } from "./data.ts";
import type { Network } from "./models.ts";
import type { JobOptions, Placement, Scratch } from "./options.ts";
import type { Tensor, TensorFile } from "./tensors.ts";
import type { View } from "./view.ts";

/** Features to extract: of which layer, and how many numbers at most. */
export interface LayerOutput {
  readonly layer: string;
  readonly budget: number | null;
}

export interface FeaturesCalls {
  /** float32 [rows, D] per output, eval mode. The budget null pools to one value per channel; a number
   * pools to the largest s x s with channels * s * s within it. */
  extract(
    network: Network,
    source: Source,
    outputs: Readonly<Record<string, LayerOutput>>,
    options: Placement & {
      readonly view: View;
      /** In the order of the result; null: every row. */
      readonly rows: readonly number[] | null;
      readonly batchSize: number;
    },
    job: JobOptions,
  ): Promise<TensorFile>;
  /** x / (||x||_2 + 1e-5), row by row (paper, supplement D). */
  l2Normalise(features: Tensor, scratch?: Scratch): Promise<Tensor>;
}
