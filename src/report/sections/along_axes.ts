/** Scores along the axes of an experiment. */
import { html } from "hono/html";
import type { Summary } from "../../results/summary.ts";
import { listed } from "../../results/words.ts";
import { axisChart } from "../charts/axis.ts";
import { figure } from "../charts/chart.ts";
import { linesOver } from "../charts/line.ts";
import type { Html } from "../html.ts";
import { lineLegend } from "./legend.ts";

/** For each axis a panel for each target. */
export function alongAxes(summary: Summary): Html[] {
  const { axes, arms } = summary.study;
  return axes.filter(({ values }) => values.length > 1).map((axis) => {
    const lines = linesOver(summary, axis.name, arms);
    const charts = summary.targets.map((target) => axisChart(summary, axis, lines, target));
    const drawn = new Set(lines.map(({ arm }) => arm.title));
    const others = arms.filter(({ title }) => !drawn.has(title)).map(({ title }) => title);
    return html`
      <h3>By ${axis.title}</h3>
      ${lineLegend(lines)}
      <div class="charts">${charts.map(figure)}</div>
      <p class="note">Last layer; mean and standard deviation over seeds.${others.length > 0 &&
        ` ${listed(others)} ${others.length > 1 ? "do" : "does"} not depend on it.`}</p>
    `;
  });
}
