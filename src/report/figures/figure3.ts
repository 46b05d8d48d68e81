/** The paper's Figure 3 (section 3.2): transfer to each target as the labels of pre-training get noisier; the
 * teacher, its distillation, and the candidate for each K. */
import { count } from "../../results/count.ts";
import { axisChart } from "../charts/axis.ts";
import { linesOver } from "../charts/line.ts";
import { panelSize, panelsSvg } from "../charts/panels.ts";
import { defineFigure } from "./figure.ts";

export const figure3 = defineFigure({
  arms: ["teacher", "distilled", "candidate"],
  axes: ["noise"],
  draw(summary, { arms: { teacher, distilled, candidate }, axes: { noise } }) {
    const lines = linesOver(summary, noise.name, [teacher, distilled, candidate]);
    const panels = summary.targets.map((target, at) => {
      const chart = axisChart(summary, noise, lines, target, panelSize);
      return { ...chart, title: `(${String.fromCharCode(97 + at)}) ${chart.title}` };
    });
    const seeds = count(summary.study.seeds.length, "seed");
    return panelsSvg({
      title: `${summary.study.title}: transfer along ${noise.title}`,
      note: `Linear probes of the last layer; mean and standard deviation over ${seeds}.`,
      ...{ panels, lines },
    });
  },
});
