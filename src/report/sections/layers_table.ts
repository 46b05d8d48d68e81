/** The layer-wise probes in numbers, beside their chart. */
import { html } from "hono/html";
import { measurementsOf } from "../../results/contrast.ts";
import { formatScore } from "../../results/estimate.ts";
import type { LayerScores } from "../../results/layers.ts";
import type { Study } from "../../results/study.ts";
import { titleAt } from "../../results/words.ts";
import { convergenceNote, markOf } from "../convergence.ts";
import type { Html } from "../html.ts";
import { probeNotes } from "../probe_notes.ts";
import { scoreCell } from "./score_cell.ts";

export function layersTable({ layers, networks }: LayerScores, { axes }: Study): Html {
  const measured = measurementsOf(networks);
  const notes = [...probeNotes(measured), convergenceNote(measured)].filter(Boolean);
  return html`
    <div class="wide" role="region" aria-label="Scores by layer" tabindex="0">
      <table class="compact">
        <thead>
          <tr>
            <th scope="col">Layer</th>
            ${networks.map(({ at, scores }) =>
              html`
                <th scope="col">${titleAt(scores[0]!.arm, at, axes)}</th>
              `
            )}
          </tr>
        </thead>
        <tbody>
          ${layers.map((layer, index) =>
            html`
              <tr>
                <th scope="row">${layer}</th>
                ${networks.map(({ scores }) => {
                  const { estimate, measurements } = scores[index]!;
                  return html`<td>${scoreCell(estimate, formatScore, markOf(measurements))}</td>`;
                })}
              </tr>
            `
          )}
        </tbody>
      </table>
      ${notes.length > 0 && html`<p class="note">${notes.join(" ")}</p>`}
    </div>
  `;
}
