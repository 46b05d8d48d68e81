/** The layer-wise probes in numbers, beside their chart. */
import { html } from "hono/html";
import { networks, type Summary } from "../../clusterfit/summary.ts";
import { networkTitles } from "../charts/chart.ts";
import { estimate } from "../estimate.ts";
import type { Html } from "../html.ts";
import { scoreCell } from "./score_cell.ts";

export function layersTable({ layerwise: { layers, scores } }: Pick<Summary, "layerwise">): Html {
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
              ${networks.map((name) =>
                html`<td>${scoreCell(estimate(scores[name].map((layers) => layers[at]!)))}</td>`
              )}
            </tr>
          `
        )}
      </tbody>
    </table>
  `;
}
