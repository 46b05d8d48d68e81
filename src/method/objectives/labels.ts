/** Cross-entropy on labels: hashtags, noisy classes, cluster ids. Several label sets over the same rows have a
 * head each, and their losses are summed (paper, supplement E). */
import type { Node } from "../../pipeline/graph.ts";
import type { Services } from "../services.ts";
import { type HeadsOf, type Objective, singleLabels } from "./objective.ts";

export const labelsHeads: HeadsOf = (cards) =>
  Object.fromEntries(
    singleLabels(cards).map((
      { classes },
      at,
    ) => [at === 0 ? "labels" : `labels${at + 1}`, classes]),
  );

/**
 * To tell labels; of several label sets over the same rows, each with a head of its own.
 *
 * @example With two heads
 * ```ts
 * import { labels, type Node, type Services } from "clusterfit";
 *
 * const both = (names: Node<"labels", Services>, clusters: Node<"labels", Services>) =>
 *   labels([names, clusters]);
 * console.log(both({} as Node<"labels", Services>, {} as Node<"labels", Services>).labels.length); // 2
 * ```
 */
export function labels(labels: readonly Node<"labels", Services>[]): Objective {
  return { name: "labels", options: {}, labels, teachers: [], pretext: false };
}
