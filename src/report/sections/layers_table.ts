/** The layer-wise probes in numbers, beside their chart. */
import { html } from "hono/html";
import { type NetworkName, networks, type Summary } from "../../method/summary.ts";
import { networkTitles } from "../charts/chart.ts";
import { convergenceNote, markOf } from "../convergence.ts";
import { estimate, formatScore } from "../estimate.ts";
import type { Html } from "../html.ts";
import { scoreCell } from "./score_cell.ts";

export function layersTable({ layerwise }: Pick<Summary, "layerwise">): Html {
  const { layers, scores, notConverged } = layerwise;
  const note = convergenceNote(notConverged);
  const cell = (name: NetworkName, layer: string, at: number) =>
    scoreCell(
      estimate(scores[name].map((layers) => layers[at]!)),
      formatScore,
      markOf(notConverged.filter((probe) => probe.layer === layer), name),
    );
  return html`
    <table class="compact">
      <thead>
        <tr>
          <th scope="col">Layer</th>
          ${networks.map((name) => html`<th scope="col">${networkTitles[name]}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${layers.map((layer, at) =>
          html`
            <tr>
              <th scope="row">${layer}</th>
              ${networks.map((name) => html`<td>${cell(name, layer, at)}</td>`)}
            </tr>
          `
        )}
      </tbody>
    </table>
    ${note && html`<p class="note">${note}</p>`}
  `;
}
