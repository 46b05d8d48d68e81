/** The paper's results beside those of a run. */
import { html } from "hono/html";
import { formatScore, formatSigned } from "../../results/estimate.ts";
import type { Html } from "../html.ts";
import type { PaperTable, PaperText } from "../paper.ts";
import { scoreCell } from "./score_cell.ts";

export function paperSection(result: PaperTable | PaperText): Html {
  return html`
    <p class="note">
      Not this run: ImageNet scale. ${result.source}: ${result.setting}. Other data, targets and
      networks, so the levels do not compare; the signs and sizes of the gains may.
    </p>
    ${result.kind === "table"
      ? paperTable(result)
      : html`<ul class="statements">${
        result.statements.map((text) => html`<li>${text}</li>`)
      }</ul>`}
  `;
}

/** In the columns of a run's table: single numbers, without spread or outcome. */
function paperTable({ columns, gains: shown, groups }: PaperTable): Html {
  const candidate = columns.at(-1)!;
  const gains = shown ? columns.slice(0, -1).map((name) => `${candidate} − ${name}`) : [];
  return html`
    <table class="results">
      <thead>
        <tr>
          <th scope="col">Target</th>
          ${[...columns, ...gains].map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      ${groups.map(({ title, rows }) =>
        html`
          <tbody>
            <tr class="group">
              <th scope="rowgroup" colspan="${1 + columns.length + gains.length}">${title}</th>
            </tr>
            ${rows.map((row) => paperRow(row, columns, gains))}
          </tbody>
        `
      )}
    </table>
  `;
}

function paperRow(
  { target, metric, scores }: PaperTable["groups"][number]["rows"][number],
  columns: readonly string[],
  gains: readonly string[],
): Html {
  const best = Math.max(...scores);
  return html`
    <tr>
      <th scope="row">${target} <span class="note">${metric}</span></th>
      ${scores.map((mean, at) =>
        html`
          <td data-label="${columns[at]}" class="${mean === best && "best"}">
            ${scoreCell({ mean }, formatScore)}
          </td>
        `
      )} ${gains.map((name, at) =>
        html`
          <td data-label="${name}">${scoreCell(
            { mean: scores.at(-1)! - scores[at]! },
            formatSigned,
          )}</td>
        `
      )}
    </tr>
  `;
}
