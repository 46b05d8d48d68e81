/** A comparison as a page. */
import { html, raw } from "hono/html";
import { listed } from "../../results/words.ts";
import { figure } from "../charts/chart.ts";
import { comparedCurveCharts } from "../charts/compared_curves.ts";
import type { Html } from "../html.ts";
import { style } from "../style.ts";
import type { Comparison } from "./comparison.ts";
import { curveGroups } from "./curves.ts";
import { differenceTables } from "./difference_tables.ts";
import { featureTable, scoreTable } from "./score_tables.ts";
import { stateText } from "./state_text.ts";
import { swatch } from "./swatch.ts";

export interface ComparePageOptions {
  /** The address of a run's own page; none unless given. */
  readonly linkOf?: (name: string) => string;
}

/** The whole page. No script, no request to anywhere: it opens from the disk as it is. */
export async function comparisonPage(comparison: Comparison): Promise<string> {
  const page = await html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>${comparisonTitle(comparison)} · ClusterFit</title>
        <style>${raw(style)}</style>
      </head>
      <body>
        <main>
          <p class="eyebrow">ClusterFit</p>
          ${comparePageBody(comparison)}
        </main>
      </body>
    </html>
  `;
  return page.trimStart();
}

/** `3 runs compared`. */
export function comparisonTitle({ runs }: Comparison): string {
  return `${runs.length} runs compared`;
}

/** What stands below the way to the page; its styles are those of `style.ts`. */
export function comparePageBody(
  comparison: Comparison,
  { linkOf }: ComparePageOptions = {},
): Html {
  const { scores, features, verdicts } = comparison;
  return html`
    <h1>${comparisonTitle(comparison)}</h1>
    ${verdicts.map((sentence) => html`<p class="verdict">${sentence}</p>`)}
    ${runList(comparison, linkOf)} ${differenceTables(comparison)} ${scores.length > 0 &&
      scoreTable(comparison)} ${features.length > 0 &&
      featureTable(comparison)} ${training(comparison)}
  `;
}

function runList({ runs }: Comparison, linkOf: ComparePageOptions["linkOf"]): Html {
  return html`
    <ul class="compared-runs">
      ${runs.map((run, at) => {
        const { name, title, facts, message } = run;
        const about = [title, ...facts.map((fact) => fact.join(" "))].join(" · ");
        return html`
          <li>
            ${swatch(at)} ${linkOf ? html`<a href="${linkOf(name)}">${name}</a>` : name}
            <small>${stateText(run)}</small>
            <small>${about}</small>${message !== null && html`
              <small>${message}</small>
            `}
          </li>
        `;
      })}
    </ul>
  `;
}

function training(comparison: Comparison): Html | undefined {
  const charts = comparedCurveCharts(comparison);
  if (charts.length === 0) return undefined;
  const shared = curveGroups(comparison.curves)
    .filter(({ runs }) => runs.length > 1)
    .map(({ title, runs }) => `${title} of ${listed(runs)}`);
  return html`
    <h2>Training</h2>
    <ul class="legend">
      ${comparison.runs.map(({ name }, at) => html`<li>${swatch(at)} ${name}</li>`)}
    </ul>
    ${shared.length > 0 && html`
      <p class="note">
        The same curves, so that one covers the others: ${shared.join("; ")}.
      </p>
    `}
    <div class="charts">${charts.map(figure)}</div>
  `;
}
