/** Figures of the paper that are lines along one axis, a panel for each target. */
import { count } from "../../results/count.ts";
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
      const over = parts.axes[axis];
      const lines = [
        ...linesOver(summary, over.name, arms.map((arm) => parts.arms[arm])),
        ...levelsOver(summary, over.name, levels.map((level) => parts.arms[level])),
      ];
      const panels = summary.targets.map((target, at) => {
        const chart = axisChart(summary, over, lines, target, panelSize);
        return { ...chart, title: `(${String.fromCharCode(97 + at)}) ${chart.title}` };
      });
      const seeds = count(summary.study.seeds.length, "seed");
      return panelsSvg({
        title: `${summary.study.title}: transfer along ${over.title}`,
        note: `Linear probes of the last layer; mean and standard deviation over ${seeds}.`,
        ...{ panels, lines },
      });
    },
  });
}
