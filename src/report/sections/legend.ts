/** Which colour is which arm, and what the arms are. */
import { html, raw } from "hono/html";
import type { ArmFacts } from "../../results/study.ts";
import { type Line, lineSample } from "../charts/line.ts";
import { armColours } from "../colours.ts";
import type { Html } from "../html.ts";

export function legend(arms: readonly ArmFacts[]): Html {
  const colours = armColours(arms);
  return html`
    <ul class="legend">
      ${arms.map(({ id, title, about }) =>
        html`
          <li class="swatch" style="--swatch: ${colours.get(id)}"><b>${title}</b> ${about}</li>
        `
      )}
    </ul>
  `;
}

/** Of a chart whose lines differ in more than colour. */
export function lineLegend(lines: readonly Line[]): Html {
  return html`
    <ul class="legend">
      ${lines.map((line) =>
        html`
          <li><svg viewBox="0 0 28 12" aria-hidden="true">${raw(lineSample(line))}</svg><b>${line
            .title}</b></li>
        `
      )}
    </ul>
  `;
}
