/** `clusterfit.representations`: measures of features that need no labels. */
import type { JobOptions } from "./options.ts";
import type { Tensor } from "./tensors.ts";

export interface RepresentationsCalls {
  /** Of float32 [N, D], around their mean: from 1 to D; 0 where all rows are equal. */
  effectiveRank(
    features: Tensor,
    options: { readonly threads: number },
    job: JobOptions,
  ): Promise<number>;
  /** How many of the nearest `neighbours` by cosine two features of the same rows share, percent; on `limit` rows
   * at most, drawn by the seed. */
  neighbourAgreement(
    first: Tensor,
    second: Tensor,
    options: {
      readonly neighbours: number;
      readonly limit: number;
      readonly seed: number;
      readonly threads: number;
    },
    job: JobOptions,
  ): Promise<number>;
}
