/** Training curves: one line per network and seed. */
import type { CurvePoint, NetworkName, Summary } from "../../method/summary.ts";
import { formatScore } from "../estimate.ts";
import { type Chart, chartWidth, networkColor, networkTitles } from "./chart.ts";

type Curves = Summary["curves"];
type Measure = "loss" | "accuracy";

/** Four charts, without those that have no point yet. The losses of the teacher's task and of the
 * cluster ids are no more comparable than the tasks are, so each task has charts of its own. */
export function curveCharts(curves: Curves): Chart[] {
  const tasks: [string, NetworkName[]][] = [
    ["the teacher’s task: Npre, Npre 2x", ["npre", "npre2x"]],
    ["the cluster ids: Ncf", ["ncf"]],
  ];
  return tasks
    .filter(([, names]) => names.some((name) => curves[name].some((curve) => curve.length > 0)))
    .flatMap(([task, names]) => [
      curveChart(curves, names, "loss", `Loss on ${task}`),
      curveChart(curves, names, "accuracy", `Accuracy (%) on ${task}`),
    ]);
}

/** Curves in the summary's shape, from whatever logs there are. */
export function curvesOf(logs: readonly { network: NetworkName; points: CurvePoint[] }[]): Curves {
  const of = (name: NetworkName) =>
    logs.filter(({ network }) => network === name).map(({ points }) => points);
  return { npre: of("npre"), npre2x: of("npre2x"), ncf: of("ncf") };
}

function curveChart(curves: Curves, names: NetworkName[], measure: Measure, title: string): Chart {
  const values = names.flatMap((network) =>
    curves[network].flatMap((curve, seed) =>
      curve.map((point) => ({ network, seed, epoch: point.epoch, value: point[measure] }))
    )
  );
  return {
    title,
    description: names.map((name) => describe(name, curves[name], measure)).join(" "),
    spec: {
      width: chartWidth,
      height: 200,
      data: { values },
      mark: { type: "line", strokeWidth: 1.75, strokeJoin: "round", strokeOpacity: 0.85 },
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
        color: networkColor,
        detail: { field: "seed", type: "nominal" },
      },
    },
  };
}

function describe(name: NetworkName, curves: readonly CurvePoint[][], measure: Measure): string {
  const ends = curves.flatMap((curve) => curve.at(-1) ?? []);
  if (ends.length === 0) return `${networkTitles[name]} has no epoch yet.`;
  const format = (value: number) => measure === "loss" ? value.toFixed(3) : formatScore(value);
  return `${networkTitles[name]} after epoch ${ends.map((point) => point.epoch).join(", ")}: ` +
    `${ends.map((point) => format(point[measure])).join(", ")}.`;
}
