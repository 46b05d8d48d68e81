/** Measures of features alone, of all arms beside each other. */
import { html } from "hono/html";
import { hasPoints } from "../../results/contrast.ts";
import { featureNote, featureRows } from "../../results/feature_measures.ts";
import type { Summary } from "../../results/summary.ts";
import { pointText } from "../../results/words.ts";
import type { Html } from "../html.ts";
import { scoreCell } from "./score_cell.ts";

/** Nothing where nothing was measured of them. */
export function featuresTable(summary: Summary): Html | undefined {
  const rows = featureRows(summary);
  if (rows.length === 0) return undefined;
  const { arms, axes } = summary.study;
  return html`
    <table class="results">
      <thead>
        <tr>
          <th scope="col">Features, without labels</th>
          ${arms.map(({ title }) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(({ title, at, scores }) =>
          html`
            <tr>
              <th scope="row">
                ${title} ${hasPoints(rows) && html`<small>${pointText(at, axes)}</small>`}
              </th>
              ${scores.map(({ arm, estimate }) =>
                html`<td data-label="${arm.title}">${scoreCell(estimate)}</td>`
              )}
            </tr>
          `
        )}
      </tbody>
    </table>
    <p class="note">${featureNote}</p>
  `;
}
