/** `/runs/:id`: one run as it goes. */
import { html } from "hono/html";
import type { Summary } from "../../clusterfit/summary.ts";
import { figure } from "../../report/charts/chart.ts";
import { curveCharts } from "../../report/charts/curves.ts";
import type { Html } from "../../report/html.ts";
import { legend, resultsTable } from "../../report/sections/results_table.ts";
import { shellCommand } from "../../report/shell.ts";
import { formatDuration } from "../../report/duration.ts";
import { verdict } from "../../report/verdict.ts";
import type { Snapshot } from "../snapshot.ts";
import { type RunStatus, silence, stagesDone } from "../../pipeline/status.ts";
import type { Page } from "./layout.ts";
import { stagesTable } from "./stages.ts";

export function runPage(snapshot: Snapshot, now: number): Page {
  const { name, record, status, summary } = snapshot;
  return {
    title: record.title,
    live: status.state === "running" || status.state === "waiting",
    body: html`
      <p class="eyebrow"><a href="/">Runs</a> / ${name}</p>
      <h1>${record.title}</h1>
      ${headline(status)} ${advice(snapshot, now)} ${summary && result(name, summary)}
      <h2>Stages</h2>
      ${stagesTable(status.nodes)} ${training(snapshot)}
    `,
  };
}

function headline(status: RunStatus): Html {
  const { state, message, seconds, nodes } = status;
  const stages = `${stagesDone(status)} of ${nodes.length} stages`;
  return html`
    <p class="note"><b class="state-${state}">${state}</b> · ${stages} · ${formatDuration(
      seconds,
    )}</p>
    ${message && html`<p class="message">${message}</p>`}
  `;
}

/** How to go on with a run that nobody is working on, as far as can be told. */
function advice({ status, record }: Snapshot, now: number): Html | undefined {
  const silent = silence(status, now);
  const ended = status.state === "stopped" || status.state === "failed";
  if (silent === undefined && !ended) return undefined;
  const text = silent === undefined
    ? "Go on where it stopped with"
    : `No news for ${formatDuration(silent)}. If its process was killed, go on with`;
  return html`
    <p class="note">${text}</p>
    <pre><code>${shellCommand(record.command)}</code></pre>
  `;
}

function result(name: string, summary: Summary): Html {
  return html`
    <p class="verdict">${verdict(summary)}</p>
    <p><a href="/runs/${encodeURIComponent(name)}/report">Open the report</a></p>
    ${resultsTable(summary)}
  `;
}

function training({ curves }: Snapshot): Html | undefined {
  const charts = curveCharts(curves);
  if (charts.length === 0) return undefined;
  return html`
    <h2>Training</h2>
    ${legend()}
    <div class="charts">${charts.map(figure)}</div>
  `;
}
