/** What runs measured of features alone, side by side. */
import type { Estimate } from "../../results/estimate.ts";
import { type FeatureRow, featureRows } from "../../results/feature_measures.ts";
import { pointKey } from "../../results/point.ts";
import type { ComparedRun } from "./compared_run.ts";
import type { FeatureComparison } from "./comparison.ts";
import { placesOf, type Row } from "./places.ts";

interface Cell extends Row {
  readonly run: number;
  readonly measure: FeatureRow;
  readonly estimate: Estimate;
}

/** By measure in the order of the first run that has it, then by arm and point. */
export function compareFeatures(runs: readonly ComparedRun[]): FeatureComparison[] {
  const places = placesOf(runs.map(({ study }) => study));
  const cells = runs.flatMap(({ summary }, run) =>
    (summary ? featureRows(summary) : []).flatMap((measure): Cell[] =>
      measure.scores.flatMap(({ arm, estimate }) =>
        estimate ? [{ ...places.rowOf(arm.id, measure.at), run, measure, estimate }] : []
      )
    )
  );
  const measures = Map.groupBy(cells, ({ measure }) => `${measure.metric} ${measure.reference}`);
  return [...measures.values()].flatMap((ofMeasure) => {
    const rows = Map.groupBy(ofMeasure, ({ arm, at }) => `${arm} ${pointKey(at)}`);
    return places.sort([...rows.values()].map((row): FeatureComparison => {
      const { arm, at, title, armTitle, measure } = row[0]!;
      const own = runs.map((_, run) => row.find((one) => one.run === run)?.estimate);
      return {
        ...{ arm, at, title, armTitle, metric: measure.metric, metricTitle: measure.title },
        values: own.map((one) => one ? { mean: one.mean, spread: one.spread ?? null } : null),
      };
    }));
  });
}
