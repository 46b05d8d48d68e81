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

/** To tell labels; of several label sets over the same rows, each with a head of its own. */
export function labels(labels: readonly Node<"labels", Services>[]): Objective {
  return { name: "labels", options: {}, labels, teachers: [] };
}
