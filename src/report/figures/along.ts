/** Figures that are lines along one axis, a panel for each target. */
import { count } from "../../results/count.ts";
import type { ArmFacts, Axis } from "../../results/study.ts";
import type { Summary } from "../../results/summary.ts";
import { layerOf } from "../best_layers.ts";
import { axisChart } from "../charts/axis.ts";
import { levelsOver, linesOver } from "../charts/line.ts";
import { panelSize, panelsSvg } from "../charts/panels.ts";
import { defineFigure, type Figure } from "./figure.ts";

/** `arms`: parts that are lines, in the order of the legend; `axis`: the part along which they are drawn; `levels`: parts
 * that do not depend on it, as dotted lines behind them in the legend. */
export function along<
  const Arm extends string,
  const AxisPart extends string,
  const Level extends string = never,
>(
  arms: readonly Arm[],
  axis: AxisPart,
  levels: readonly Level[] = [],
): Figure<Arm | Level, AxisPart> {
  return defineFigure({
    arms: [...arms, ...levels],
    axes: [axis],
    draw(summary, parts) {
      const armsOf = (names: readonly (Arm | Level)[]) => names.map((name) => parts.arms[name]);
      return drawAlong(summary, parts.axes[axis], armsOf(arms), armsOf(levels));
    },
  });
}

/** Of any experiment: all its arms along the axis that plays the part "axis". */
export const allAlong: Figure<never, "axis"> = defineFigure({
  arms: [],
  axes: ["axis"],
  draw(summary, { axes: { axis } }) {
    const has = ({ axes }: ArmFacts) => axes.includes(axis.name);
    const { arms } = summary.study;
    return drawAlong(summary, axis, arms.filter(has), arms.filter((arm) => !has(arm)));
  },
});

/** `probed`: which layer the scores are of, for the note. */
export function drawAlong(
  summary: Summary,
  axis: Axis,
  arms: readonly ArmFacts[],
  levels: readonly ArmFacts[] = [],
  probed = layerOf(summary),
): Promise<string> {
  const lines = [
    ...linesOver(summary, axis.name, arms),
    ...levelsOver(summary, axis.name, levels),
  ];
  const panels = summary.targets.map((target, at) => {
    const chart = axisChart(summary, axis, lines, target, panelSize);
    return { ...chart, title: `(${String.fromCharCode(97 + at)}) ${chart.title}` };
  });
  const seeds = count(summary.study.seeds.length, "seed");
  return panelsSvg({
    title: `${summary.study.title}: transfer along ${axis.title}`,
    note: `Linear probes of ${probed}; mean and standard deviation over ${seeds}.`,
    ...{ panels, lines },
  });
}
