/** `/runs/:id`: one run as it goes. */
import { html } from "hono/html";
import { figure } from "../../report/charts/chart.ts";
import { curveCharts } from "../../report/charts/curves.ts";
import type { Html } from "../../report/html.ts";
import { claimsTable } from "../../report/sections/claims_table.ts";
import { legend } from "../../report/sections/legend.ts";
import { missingList } from "../../report/sections/missing_list.ts";
import { featuresTable } from "../../report/sections/features_table.ts";
import { resultsTables } from "../../report/sections/results_table.ts";
import { shellCommand } from "../../report/shell.ts";
import { formatDuration } from "../../report/duration.ts";
import type { Summary } from "../../results/summary.ts";
import { verdict } from "../../results/verdict.ts";
import { type RunStatus, stagesDone } from "../../pipeline/status.ts";
import type { Snapshot } from "../../registry/followed_run.ts";
import type { Page } from "./layout.ts";
import { stagesTable } from "./stages.ts";

export function runPage(snapshot: Snapshot): Page {
  const { name, state, record, status, notes, summary } = snapshot;
  const title = record?.title ?? name;
  return {
    title,
    live: state !== "finished", // a run that has ended otherwise may go on
    body: html`
      <p class="eyebrow"><a href="/">Runs</a> / ${name}</p>
      <h1>${title}</h1>
      ${headline(snapshot)} ${advice(snapshot)} ${notes.map((note) =>
        html`
          <p class="note">${note}</p>
        `
      )} ${summary && result(snapshot, summary)} ${status && stages(status)} ${training(snapshot)}
    `,
  };
}

function headline({ state, message, status }: Snapshot): Html {
  const progress = status
    ? ` · ${stagesDone(status)} of ${status.nodes.length} stages · ${
      formatDuration(status.seconds)
    }`
    : "";
  return html`
    <p class="note"><b class="state-${state}">${state}</b>${progress}</p>
    ${message && html`<p class="message">${message}</p>`}
  `;
}

/** How to go on with a run that nobody is working on. */
function advice({ state, status, record }: Snapshot): Html | undefined {
  const text = state === "damaged" ? adviceOnDamage(status, record) : adviceByState[state];
  if (text === undefined) return undefined;
  const command = record && html`<pre><code>${shellCommand(record.command)}</code></pre>`;
  return html`<p class="note">${text}</p> ${command}`;
}

const adviceByState: Partial<Record<Snapshot["state"], string>> = {
  interrupted:
    "No process works on it any more: it was killed, or the machine went down. Nothing " +
    "that was finished is lost. Go on where it stopped with",
  stopped: "Go on where it stopped with",
  failed: "Go on where it stopped with",
};

function adviceOnDamage(status: Snapshot["status"], record: Snapshot["record"]): string {
  if (status) return "What is damaged is made again by";
  return record
    ? "Once that file can be read again, the run is shown here. It goes on with"
    : "Once that file can be read again, the run is shown here.";
}

function result({ name, hasReport }: Snapshot, summary: Summary): Html {
  return html`
    <p class="verdict">${verdict(summary)}</p>
    ${hasReport &&
      html`<p><a href="/runs/${encodeURIComponent(name)}/report">Open the report</a></p>`}
    ${summary.missing.length > 0 && missingList(summary)} ${summary.study.claims.length > 0 &&
      claimsTable(summary)} ${summary.targets.length > 0 && resultsTables(summary)} ${featuresTable(
        summary,
      )}
  `;
}

function stages({ nodes }: RunStatus): Html {
  return html`
    <h2>Stages</h2>
    ${stagesTable(nodes)}
  `;
}

function training({ study, curves }: Snapshot): Html | undefined {
  if (!study) return undefined;
  const charts = curveCharts(study, curves);
  if (charts.length === 0) return undefined;
  return html`
    <h2>Training</h2>
    ${legend(study.arms.filter(({ task }) => task !== null))}
    <div class="charts">${charts.map(figure)}</div>
  `;
}
