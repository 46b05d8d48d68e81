/** `clusterfit.objectives`: what a network is trained for. */
import type { Network } from "./models.ts";
import type { Tensor } from "./tensors.ts";
import type { View } from "./view.ts";

/** What a network is trained for. */
export interface Objective extends Disposable {
  /** Names of what training measures beside the loss, in the order in which it tells them. */
  readonly metrics: readonly string[];
}

/** A network that an objective asks and does not train. It reads the rows that the trained one reads. */
export interface FrozenNetwork {
  readonly network: Network;
  readonly view: View;
}

export interface ObjectivesCalls {
  /** The objective of that name in `py/clusterfit/objectives`: "rotation", "jigsaw", "labels",
   * "distillation", "regression". `labels` int64 [N] over the rows of the source, one for each head. */
  make(
    name: string,
    given: {
      readonly labels: readonly Tensor[];
      readonly networks: readonly FrozenNetwork[];
      readonly options: Readonly<Record<string, number | string | boolean>>;
    },
  ): Promise<Objective>;
}
