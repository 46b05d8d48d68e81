/** The k-means of each seed and point in numbers. */
import { html } from "hono/html";
import type { Clustering, Summary } from "../../results/summary.ts";
import { pointText } from "../../results/words.ts";
import type { Html } from "../html.ts";

/** Whether the table has a column for each clustering and stays narrow enough for a chart beside it; where they
 * are more, it has a row for each. */
export const isNarrow = ({ clusterings }: Pick<Summary, "clusterings">) => clusterings.length <= 6;

export function clusteringsTable(summary: Summary): Html {
  const { clusterings, study } = summary;
  const names = clusterings.map(({ at, seed }) =>
    [pointText(at, study.axes), `seed ${seed}`].filter(Boolean).join(", ").replace(/^s/, "S")
  );
  const values = clusterings.map(describe);
  const properties = Object.keys(values[0] ?? {});
  const text = (at: number, property: string) => values[at]![property]!.toLocaleString("en");
  return isNarrow(summary)
    ? table(
      names,
      properties.map((name) => ({
        name,
        cells: names.map((_, at) => text(at, name)),
      })),
    )
    : table(
      properties,
      names.map((name, at) => ({
        name,
        cells: properties.map((property) => text(at, property)),
      })),
    );
}

function table(
  columns: readonly string[],
  rows: readonly { readonly name: string; readonly cells: readonly string[] }[],
): Html {
  return html`
    <table class="compact">
      <thead>
        <tr>
          <th scope="col">k-means</th>
          ${columns.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(({ name, cells }) =>
          html`
            <tr>
              <th scope="row">${name}</th>
              ${cells.map((text) => html`<td>${text}</td>`)}
            </tr>
          `
        )}
      </tbody>
    </table>
  `;
}

function describe(clustering: Clustering): Record<string, number> {
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
