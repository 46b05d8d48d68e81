/** Training curves of several runs: colour is the run, dashes are the arm and where it is trained; the arm alone, where
 * there are not dashes enough for that. */
import { formatScore } from "../../results/estimate.ts";
import { runColours } from "../colours.ts";
import { type ComparedCurve, type Comparison, runLetter } from "../comparison/comparison.ts";
import type { Chart } from "./chart.ts";
import { type CurveMeasure, curveSpec } from "./curves.ts";
import { dashes } from "./line.ts";

/** A loss and an accuracy for each task, without those that have no point yet. */
export function comparedCurveCharts({ curves, runs }: Comparison): Chart[] {
  const letters = runs.map((_, at) => runLetter(at));
  const tasks = Map.groupBy(curves, ({ task }) => task);
  return [...tasks].flatMap(([task, ofTask]) => {
    const names = [...new Set(ofTask.map(({ armTitle }) => armTitle))].join(", ");
    const on = task === "" ? names : `on ${task}: ${names}`;
    return [
      ...chart(ofTask, letters, "loss", `Loss ${on}`),
      ...chart(ofTask, letters, "accuracy", `Accuracy (%) ${on}`),
    ];
  });
}

function chart(
  curves: readonly ComparedCurve[],
  letters: readonly string[],
  measure: CurveMeasure,
  title: string,
): Chart[] {
  const networks = new Set(curves.map(({ title }) => title));
  const nameOf = networks.size > dashes.length
    ? ({ armTitle }: ComparedCurve) => armTitle
    : ({ title }: ComparedCurve) => title;
  const values = curves.flatMap((curve, at) =>
    curve.points.flatMap((point) => {
      const value = point[measure];
      const line = { curve: String(at), network: nameOf(curve), run: letters[curve.run]! };
      return value === null ? [] : [{ ...line, epoch: point.epoch, value }];
    })
  );
  if (values.length === 0) return [];
  return [{
    title,
    description: describe(curves, letters, measure),
    spec: curveSpec(values, {
      measure,
      color: {
        ...{ field: "run", type: "nominal" as const, legend: null },
        scale: { domain: [...letters], range: runColours.slice(0, letters.length) },
      },
      dashes: { field: "network", names: values.map(({ network }) => network) },
    }),
  }];
}

/** `A, Npre: after epoch 24 0.512, 0.520.` */
function describe(
  curves: readonly ComparedCurve[],
  letters: readonly string[],
  measure: CurveMeasure,
): string {
  const format = (value: number) => measure === "loss" ? value.toFixed(3) : formatScore(value);
  const networks = Map.groupBy(curves, ({ run, title }) => `${letters[run]}, ${title}`);
  return [...networks].map(([name, seeds]) => {
    const ends = seeds.flatMap(({ points }) => points.slice(-1));
    const values = ends.flatMap((end) => end[measure] ?? []).map(format);
    const epochs = [...new Set(ends.map(({ epoch }) => epoch))].join(", ");
    return values.length === 0
      ? `${name} has no epoch yet.`
      : `${name} after epoch ${epochs}: ${values.join(", ")}.`;
  }).join(" ");
}
