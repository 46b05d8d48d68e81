/** What runs measured, side by side, as tables. */
import { html } from "hono/html";
import { formatScore, formatSigned } from "../../results/estimate.ts";
import { unconvergedMark } from "../convergence.ts";
import type { Html } from "../html.ts";
import { scoreCell } from "../sections/score_cell.ts";
import {
  type ComparedGain,
  comparedRuns,
  type Comparison,
  estimateOf,
  runLetter,
} from "./comparison.ts";
import { comparisonNotes } from "./notes.ts";
import { swatch } from "./swatch.ts";

export function scoreTable(comparison: Comparison): Html {
  const { runs, scores } = comparison;
  const letters = runs.map((_, at) => runLetter(at));
  const compared = comparedRuns(comparison);
  const gains = compared.map((at) => `${letters[at]} − A`);
  const targets = Map.groupBy(scores, ({ target, metric }) => `${target} ${metric}`);
  return html`
    <h2>Scores</h2>
    <div class="wide" role="region" aria-label="Scores" tabindex="0">
      <table class="results">
        ${header("Target", [...letters.map((_, at) => swatch(at)), ...gains])}
        ${[...targets.values()].map((rows) =>
          html`
            <tbody>
              ${groupRow(
                html`${rows[0]!.targetTitle} <span class="note">${rows[0]!.metric}</span>`,
                1 + runs.length + gains.length,
              )} ${rows.map(({ title, scores, gains: found }) =>
                html`
                  <tr>
                    <th scope="row" class="point">${title}</th>
                    ${scores.map((score, at) =>
                      html`
                        <td data-label="${letters[at]}">
                          ${scoreCell(
                            estimateOf(score),
                            formatScore,
                            score?.converged === false ? unconvergedMark : "",
                          )}
                        </td>
                      `
                    )} ${compared.map((at, column) => gainCell(found[at]!, gains[column]!))}
                  </tr>
                `
              )}
            </tbody>
          `
        )}
      </table>
    </div>
    <p class="note">${comparisonNotes(comparison).join(" ")}</p>
  `;
}

const outcomes: Readonly<Record<ComparedGain["verdict"], string>> = {
  ...{ higher: "won", lower: "lost", equal: "", undecided: "" },
};

function gainCell(gain: ComparedGain | null, label: string): Html {
  return html`
    <td data-label="${label}">
      ${scoreCell(estimateOf(gain), formatSigned)} ${gain && html`
        <small class="${outcomes[gain.verdict]}">${gain.verdict}</small>
      `}
    </td>
  `;
}

export function featureTable({ runs, features }: Comparison): Html {
  const letters = runs.map((_, at) => runLetter(at));
  const measures = Map.groupBy(features, ({ metricTitle }) => metricTitle);
  return html`
    <h3>Features, without labels</h3>
    <div class="wide" role="region" aria-label="Features" tabindex="0">
      <table class="results">
        ${header("Measure", letters.map((_, at) => swatch(at)))}
        ${[...measures].map(([measure, rows]) =>
          html`
            <tbody>
              ${groupRow(measure, runs.length + 1)} ${rows.map(({ title, values }) =>
                html`
                  <tr>
                    <th scope="row" class="point">${title}</th>
                    ${values.map((value, at) =>
                      html`
                        <td data-label="${letters[at]}">${scoreCell(estimateOf(value))}</td>
                      `
                    )}
                  </tr>
                `
              )}
            </tbody>
          `
        )}
      </table>
    </div>
  `;
}

function header(first: string, columns: readonly (Html | string)[]): Html {
  return html`
    <thead>
      <tr>
        <th scope="col">${first}</th>
        ${columns.map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
  `;
}

function groupRow(title: Html | string, columns: number): Html {
  return html`
    <tr class="group">
      <th scope="rowgroup" colspan="${columns}">${title}</th>
    </tr>
  `;
}
