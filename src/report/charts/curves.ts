/** Training curves: one line per arm, point and seed. */
import { formatScore } from "../../results/estimate.ts";
import { pointKey } from "../../results/point.ts";
import type { ArmFacts, Study } from "../../results/study.ts";
import type { CurvePoint, Series } from "../../results/summary.ts";
import { pointText } from "../../results/words.ts";
import { dashes } from "./line.ts";
import { armColour, type Chart, chartWidth } from "./chart.ts";

type Measure = "loss" | "accuracy";

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
  measure: Measure,
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
  const lines = new Set(values.map(({ curve }) => curve)).size;
  return [{
    title,
    description: group.map((arm) => describe(arm, series, measure)).join(" "),
    spec: {
      width: chartWidth,
      height: 200,
      data: { values },
      mark: {
        ...{ type: "line", strokeJoin: "round" },
        ...(lines > 12
          ? { strokeWidth: 1, strokeOpacity: 0.5 }
          : { strokeWidth: 1.75, strokeOpacity: 0.85 }),
      },
      encoding: {
        x: {
          field: "epoch",
          type: "quantitative",
          title: "epoch",
          axis: { tickCount: 6, tickMinStep: 1, format: "d" },
          scale: { nice: false },
        },
        y: {
          field: "value",
          type: "quantitative",
          title: null,
          axis: { tickCount: 5 },
          scale: { zero: measure === "accuracy" },
        },
        color: armColour(arms),
        detail: { field: "curve", type: "nominal" },
        strokeDash: placeDashes(values.map(({ place }) => place)),
      },
    },
  }];
}

/** Dashes by the point on the axes that an arm is trained at, with a legend where there are several. */
function placeDashes(places: readonly string[]) {
  const domain = [...new Set(places)];
  const named = domain.filter((place) => place !== "");
  return {
    ...{ field: "place", type: "nominal" as const },
    scale: { domain, range: domain.map((_, at) => [...dashes[at % dashes.length]!]) },
    legend: domain.length > 1 ? { title: null, orient: "bottom" as const, values: named } : null,
  };
}

function describe({ id, title }: ArmFacts, series: readonly Series[], measure: Measure): string {
  const ends = series.filter(({ arm }) => arm === id).flatMap(({ points }): CurvePoint[] =>
    points.slice(-1)
  );
  if (ends.length === 0) return `${title} has no epoch yet.`;
  const format = (value: number) => measure === "loss" ? value.toFixed(3) : formatScore(value);
  const values = ends.flatMap((point) => point[measure] ?? []);
  return `${title} after epoch ${ends.map((point) => point.epoch).join(", ")}: ` +
    `${values.map(format).join(", ")}.`;
}
