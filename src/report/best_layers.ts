/** Which layer the scores of tables are of, in words. */
import type { Measurement } from "../results/measurement.ts";
import type { Summary } from "../results/summary.ts";

/** Whether tables and claims speak of the best layer of each network. */
export function hasBestLayers({ measurements }: Pick<Summary, "measurements">): boolean {
  return measurements.some(isBest);
}

/** `the last layer`, or `the best layer of each network, chosen on validation rows`. */
export function layerOf(summary: Pick<Summary, "measurements">): string {
  return hasBestLayers(summary)
    ? "the best layer of each network, chosen on validation rows"
    : "the last layer";
}

/** `Best layers: Npre res4 (5), res5 (1); Ncf res5 (6).`: how often each is the best one of a network on a target;
 * nothing where none was chosen. */
export function bestLayersNote(
  { measurements, study }: Pick<Summary, "measurements" | "study">,
): string | undefined {
  const chosen = measurements.filter(isBest);
  if (chosen.length === 0) return undefined;
  const texts = study.arms.flatMap(({ id, title }) => {
    const layers = Map.groupBy(chosen.filter(({ arm }) => arm === id), ({ layer }) => layer);
    const counts = [...layers].sort(([a], [b]) => a < b ? -1 : 1)
      .map(([layer, scores]) => `${layer} (${scores.length})`);
    return counts.length > 0 ? [`${title} ${counts.join(", ")}`] : [];
  });
  return `Best layers: ${texts.join("; ")}.`;
}

const isBest = ({ best }: Measurement) => best === true;
