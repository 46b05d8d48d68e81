/** What the config of an experiment says of its clusterings. */
import type { World } from "../data/world.ts";
import { askedCap } from "./cluster_cap.ts";
import type { MethodConfig } from "./config.ts";
import type { ClusteringOptions } from "./clustering.ts";
import { guideOf } from "./guide.ts";

/** How k-means runs, wherever it runs. */
export type ClusteringSettings = Pick<
  ClusteringOptions,
  "iterations" | "normalise" | "subsample" | "guide" | "consensus" | "maxSize" | "balance"
>;

/**
 * What a config says of clusterings, for `ncf`: in two phases, under a cap, or as the consensus of several starts,
 * where it asks for that.
 *
 * @example As in the paper's supplement B, on fewer rows
 * ```ts
 * import { clusteringOf, experimentConfig, parseConfig } from "clusterfit";
 *
 * const schema = experimentConfig({});
 * const config = parseConfig(schema, { clustering: { twoPhase: { subsample: 5000 } } });
 * const { iterations, subsample } = clusteringOf(config);
 * console.log(iterations, subsample); // 5 { rows: 5000, iterations: 30 }
 * ```
 */
export function clusteringOf(
  { clustering }: Pick<MethodConfig, "clustering">,
  labels?: World["labels"],
): ClusteringSettings {
  const { iterations, normalise, twoPhase, consensus } = clustering;
  const guide = guideOf(clustering, labels);
  const asked = {
    ...askedCap(clustering),
    ...(consensus !== undefined && { consensus }),
    ...(guide && { guide }),
  };
  if (!twoPhase) return { iterations, normalise, ...asked };
  const { subsample: rows, subsampleIterations, fullIterations } = twoPhase;
  return {
    ...{ iterations: fullIterations, normalise, ...asked },
    subsample: { rows, iterations: subsampleIterations },
  };
}
