/** Scores along one axis of an experiment, with the spread over seeds: a panel for each target. */
import { armScore } from "../../results/contrast.ts";
import { formatScore } from "../../results/estimate.ts";
import { comparedScores } from "../../results/select.ts";
import type { Axis } from "../../results/study.ts";
import type { MeasuredTarget, Summary } from "../../results/summary.ts";
import { axisValueText } from "../../results/words.ts";
import { type Chart, chartWidth } from "./chart.ts";
import type { Line } from "./line.ts";

/** From this ratio of the largest to the smallest value on, an axis of positive numbers is logarithmic. */
const logarithmicFrom = 8;

export function axisChart(
  summary: Summary,
  axis: Axis,
  lines: readonly Line[],
  target: MeasuredTarget,
  size = { width: chartWidth, height: 260 },
): Chart {
  const values = lines.flatMap(({ id, arm, at, title }) => {
    const scores = comparedScores(summary, arm.id, target.name);
    return axis.values.flatMap((x) => {
      const { estimate } = armScore(arm, scores, { ...at, [axis.name]: x });
      if (!estimate) return [];
      const { mean, spread = 0 } = estimate;
      return [{ line: id, title, x, mean, low: mean - spread, high: mean + spread }];
    });
  });
  const by = <T>(range: readonly T[]) => ({
    ...{ field: "line", type: "nominal", legend: null } as const,
    scale: { domain: lines.map(({ id }) => id), range: [...range] },
  });
  const colour = by(lines.map((line) => line.colour));
  const marked = new Set(lines.filter(({ symbol }) => symbol !== null).map(({ id }) => id));
  const marks = { values: values.filter(({ line }) => marked.has(line)) };
  const y = {
    ...{ type: "quantitative", title: null } as const,
    ...{ axis: { tickCount: 5 }, scale: { zero: false } },
  };
  return {
    title: `${target.title} (${target.metric}, %)`,
    description: lines.map(({ id, title }) => {
      const own = values.filter(({ line }) => line === id);
      const text = marked.has(id)
        ? own.map(({ x, mean }) => `${formatScore(mean)} at ${axisValueText(x, axis)}`)
        : own.slice(0, 1).map(({ mean }) => `${formatScore(mean)} throughout`);
      return `${title}: ${text.join(", ") || "not measured"}.`;
    }).join(" "),
    spec: {
      ...{ ...size, data: { values } },
      encoding: { x: horizontal(axis) },
      layer: [
        {
          data: marks,
          mark: { type: "rule", strokeWidth: 1.25, strokeOpacity: 0.55 },
          encoding: { y: { ...y, field: "low" }, y2: { field: "high" }, color: colour },
        },
        {
          mark: { type: "line", strokeWidth: 1.9, strokeJoin: "round" },
          encoding: {
            ...{ y: { ...y, field: "mean" }, color: colour },
            strokeDash: by(lines.map(({ dash }) => [...dash])),
          },
        },
        {
          data: marks,
          mark: { type: "point", filled: true, size: 46, opacity: 1 },
          encoding: {
            ...{ y: { ...y, field: "mean" }, color: colour },
            shape: by(lines.map(({ symbol }) => symbol ?? "circle")),
          },
        },
      ],
    },
  };
}

/** Numbers stand at their values, names side by side in their order. */
function horizontal(axis: Axis) {
  const title = axis.unit === "" ? axis.title : `${axis.title} (${axis.unit})`;
  const numbers = axis.values.filter((value) => typeof value === "number");
  if (numbers.length < axis.values.length) {
    return {
      ...{ field: "x", type: "ordinal", title, sort: null } as const,
      axis: { labelAngle: 0 },
    };
  }
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const logarithmic = least > 0 && most / least >= logarithmicFrom;
  return {
    ...{ field: "x", type: "quantitative", title } as const,
    axis: { values: numbers, format: ",~f", grid: false },
    scale: logarithmic
      ? { type: "log", nice: false, padding: 14 } as const
      : { zero: false, nice: false, padding: 14 } as const,
  };
}
