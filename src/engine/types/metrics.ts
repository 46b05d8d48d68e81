/** `clusterfit.metrics`: scores. */
import type { Tensor } from "./tensors.ts";

export interface MetricsCalls {
  /** The metric ("top-1", "mAP") in percent on the labels `test` of one answer for all rows: each class
   * scored by its frequency among the labels `train`, of equals the first to occur there. */
  baseline(
    metric: string,
    train: Tensor,
    test: Tensor,
    classes: number,
  ): Promise<number>;
}
