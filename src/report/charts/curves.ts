/** Training curves: one line per arm, point and seed. */
import { formatScore } from "../../results/estimate.ts";
import { pointKey } from "../../results/point.ts";
import type { ArmFacts, Study } from "../../results/study.ts";
import type { CurvePoint, Series } from "../../results/summary.ts";
import { pointText } from "../../results/words.ts";
import { dashes } from "./line.ts";
import { armColour, type Chart, chartWidth } from "./chart.ts";

export type CurveMeasure = "loss" | "accuracy";

/** A loss and an accuracy for each task, without those that have no point yet. Losses of two tasks are no more
 * comparable than the tasks are, so each task has charts of its own. */
export function curveCharts(
  { arms, axes }: Pick<Study, "arms" | "axes">,
  series: readonly Series[],
): Chart[] {
  const trained = arms.filter(({ task }) => task !== null);
  return [...Map.groupBy(trained, ({ task }) => task)].flatMap(([task, group]) => {
    const on = `on ${task}: ${group.map(({ title }) => title).join(", ")}`;
    return [
      ...curveChart({ arms, axes }, group, series, "loss", `Loss ${on}`),
      ...curveChart({ arms, axes }, group, series, "accuracy", `Accuracy (%) ${on}`),
    ];
  });
}

function curveChart(
  { arms, axes }: Pick<Study, "arms" | "axes">,
  group: readonly ArmFacts[],
  series: readonly Series[],
  measure: CurveMeasure,
  title: string,
): Chart[] {
  const values = series
    .filter(({ arm }) => group.some(({ id }) => id === arm))
    .flatMap(({ arm, at, seed, points }) =>
      points.flatMap((point) => {
        const value = point[measure];
        const curve = `${arm} ${pointKey(at)} ${seed}`;
        const place = pointText(at, axes);
        return value === null ? [] : [{ arm, curve, place, epoch: point.epoch, value }];
      })
    );
  if (values.length === 0) return [];
  return [{
    title,
    description: group.map((arm) => describe(arm, series, measure)).join(" "),
    spec: curveSpec(values, {
      measure,
      color: armColour(arms),
      dashes: { field: "place", names: values.map(({ place }) => place) },
    }),
  }];
}

/** A value of a curve at an epoch. */
export interface CurveValue {
  /** Unique for each line. */
  readonly curve: string;
  readonly epoch: number;
  readonly value: number;
}

/** Lines over epochs. `color`: a channel of Vega-Lite. `dashes`: the field of the values that they tell, and what it
 * holds; with a legend where that is several things. */
export function curveSpec<Colour extends object>(
  values: readonly CurveValue[],
  { measure, color, dashes: { field, names } }: {
    readonly measure: CurveMeasure;
    readonly color: Colour;
    readonly dashes: { readonly field: string; readonly names: readonly string[] };
  },
) {
  const domain = [...new Set(names)];
  const hasLegend = domain.length > 1;
  const columns = Math.max(...domain.map(({ length }) => length)) > shortName ? 1 : 2;
  const lines = new Set(values.map(({ curve }) => curve)).size;
  return {
    width: chartWidth,
    height: 200 + (hasLegend ? legendRow * (Math.ceil(domain.length / columns) - 1) : 0),
    data: { values: [...values] },
    mark: {
      ...{ type: "line" as const, strokeJoin: "round" as const },
      ...(lines > 12
        ? { strokeWidth: 1, strokeOpacity: 0.5 }
        : { strokeWidth: 1.75, strokeOpacity: 0.85 }),
    },
    encoding: {
      x: {
        field: "epoch",
        type: "quantitative" as const,
        title: "epoch",
        axis: { tickCount: 6, tickMinStep: 1, format: "d" },
        scale: { nice: false },
      },
      y: {
        field: "value",
        type: "quantitative" as const,
        title: null,
        axis: { tickCount: 5 },
        scale: { zero: measure === "accuracy" },
      },
      color,
      detail: { field: "curve", type: "nominal" as const },
      strokeDash: {
        ...{ field, type: "nominal" as const },
        scale: { domain, range: domain.map((_, at) => [...dashes[at % dashes.length]!]) },
        legend: hasLegend
          ? {
            ...{ title: null, orient: "bottom" as const, columns, labelLimit: chartWidth },
            values: domain.filter((name) => name !== ""),
          }
          : null,
      },
    },
  };
}

/** Characters of a name, of which two stand beside each other in a legend. */
const shortName = 16;

/** Height of a row of the legend. */
const legendRow = 17;

function describe(
  { id, title }: ArmFacts,
  series: readonly Series[],
  measure: CurveMeasure,
): string {
  const ends = series.filter(({ arm }) => arm === id).flatMap(({ points }): CurvePoint[] =>
    points.slice(-1)
  );
  if (ends.length === 0) return `${title} has no epoch yet.`;
  const format = (value: number) => measure === "loss" ? value.toFixed(3) : formatScore(value);
  const values = ends.flatMap((point) => point[measure] ?? []);
  return `${title} after epoch ${ends.map((point) => point.epoch).join(", ")}: ` +
    `${values.map(format).join(", ")}.`;
}
