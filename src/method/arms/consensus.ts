/** A new network on the consensus of several clusterings: of several teachers, of several starts of k-means (paper,
 * section 6, "evidence accumulation"). */
import type { Recipe } from "../arm.ts";
import { clusteredLayers } from "../clustered_layers.ts";
import { agreed } from "../clustering.ts";
import { labels } from "../objectives/labels.ts";
import { trained } from "../training.ts";
import type { NcfOptions } from "./ncf.ts";

/**
 * An arm on what the clusterings of its teachers agree on: one head, where `ncf` has one for each teacher.
 *
 * @example Of two teachers, each clustered from three starts
 * ```ts
 * import { consensus, type Learner, type MadeArm } from "clusterfit";
 *
 * const student = (learner: Learner, teachers: readonly MadeArm[]) =>
 *   consensus({
 *     ...{ ...learner, teachers, layer: "res5", k: 500, iterations: 20, normalise: true },
 *     consensus: 3,
 *   });
 * console.log(student({} as Learner, []).title); // Consensus
 * ```
 */
export function consensus(
  { teachers, layer, title = "Consensus", ...options }: NcfOptions,
): Recipe {
  const layers = clusteredLayers({ teachers, layer });
  return {
    title,
    about: "from scratch on what several clusterings agree on",
    role: "candidate",
    task: "the cluster ids",
    build(site) {
      const ids = agreed(site, layers, options);
      return {
        title,
        ...trained(site, `Train ${title} on the clusters`, options, labels([ids.labels])),
        clusterings: [ids],
      };
    },
  };
}
