/** What differs between runs beside their results, as tables. */
import { html } from "hono/html";
import type { Html } from "../html.ts";
import type { ComparedValue, Comparison } from "./comparison.ts";
import { swatch } from "./swatch.ts";

export function differenceTables(
  { config, resolved, versions, hardware }: Comparison,
): Html {
  return html`
    <h2>Config</h2>
    ${config.length === 0
      ? html`<p class="note">The configs are equal.</p>`
      : table("Config", config, (at, run) => !config[at]!.asked[run])}
    ${section("What auto became", resolved)} ${section("Versions", versions)}
    ${section("Hardware", hardware)}
  `;
}

function section(title: string, differences: readonly ComparedValue[]): Html | undefined {
  if (differences.length === 0) return undefined;
  return html`
    <h3>${title}</h3>
    ${table(title, differences)}
  `;
}

/** `isDefault`: whether the value of a row is one that the run was not asked for. */
function table(
  title: string,
  differences: readonly ComparedValue[],
  isDefault: (row: number, run: number) => boolean = () => false,
): Html {
  return html`
    <div class="wide" role="region" aria-label="${title}" tabindex="0">
      <table class="compact compared">
        <thead>
          <tr>
            <th scope="col">Key</th>
            ${differences[0]!.values.map((_, at) => html`<th scope="col">${swatch(at)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${differences.map(({ name, values }, row) =>
            html`
              <tr>
                <th scope="row">${name}</th>
                ${values.map((value, run) =>
                  html`
                    <td>
                      ${value ?? "-"}${value !== null && isDefault(row, run) &&
                        html`
                          <small>default</small>
                        `}
                    </td>
                  `
                )}
              </tr>
            `
          )}
        </tbody>
      </table>
    </div>
  `;
}
