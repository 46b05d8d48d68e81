/** The k-means of each seed in numbers. */
import { html } from "hono/html";
import type { Summary } from "../../method/summary.ts";
import type { Html } from "../html.ts";

/** A column a seed, so that it stays narrow beside the histogram. */
export function clusteringsTable({ clusters }: Pick<Summary, "clusters">): Html {
  const columns = clusters.map(describe);
  const names = Object.keys(columns[0] ?? {});
  return html`
    <table class="compact">
      <thead>
        <tr>
          <th scope="col">k-means</th>
          ${clusters.map(({ seed }) => html`<th scope="col">Seed ${seed}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${names.map((name) =>
          html`
            <tr>
              <th scope="row">${name}</th>
              ${columns.map((column) => html`<td>${column[name]!.toLocaleString("en")}</td>`)}
            </tr>
          `
        )}
      </tbody>
    </table>
  `;
}

function describe(clustering: Summary["clusters"][number]): Record<string, number> {
  const sizes = clustering.sizes.toSorted((a, b) => a - b);
  return {
    "K": clustering.k,
    "images": clustering.points,
    "distinct features": clustering.distinct,
    "iterations": clustering.iterations,
    "objective": Number(clustering.objective.toPrecision(6)),
    "empty clusters": clustering.empty,
    "smallest cluster": sizes[0] ?? 0,
    "median cluster": sizes[sizes.length >> 1] ?? 0,
    "largest cluster": sizes.at(-1) ?? 0,
  };
}
