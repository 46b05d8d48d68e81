/** What the config of an experiment says of its clusterings. */
import type { MethodConfig } from "./config.ts";
import type { ClusteringOptions } from "./clustering.ts";

/** How k-means runs, wherever it runs. */
export type ClusteringSettings = Pick<
  ClusteringOptions,
  "iterations" | "normalise" | "subsample"
>;

/**
 * What a config says of clusterings, for `ncf`: in two phases where it asks for them.
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
export function clusteringOf({ clustering }: Pick<MethodConfig, "clustering">): ClusteringSettings {
  const { iterations, normalise, twoPhase } = clustering;
  if (!twoPhase) return { iterations, normalise };
  const { subsample: rows, subsampleIterations, fullIterations } = twoPhase;
  return {
    ...{ iterations: fullIterations, normalise },
    subsample: { rows, iterations: subsampleIterations },
  };
}
