/** RotNet: tell by which of 4 angles an image was turned (paper, section 4.2). */
import type { HeadsOf, Objective } from "./objective.ts";

export const rotationHeads: HeadsOf = () => ({ rotation: 4 });

/**
 * To tell how an image was turned.
 *
 * @example It needs no labels
 * ```ts
 * import { rotation } from "clusterfit";
 *
 * console.log(rotation().labels.length); // 0
 * ```
 */
export function rotation(): Objective {
  return { name: "rotation", options: {}, labels: [], teachers: [], pretext: true };
}
