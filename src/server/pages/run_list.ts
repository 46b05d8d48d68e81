/** `/`: every run. */
import { html } from "hono/html";
import { formatDuration } from "../../report/duration.ts";
import type { Html } from "../../report/html.ts";
import { shellCommand } from "../../report/shell.ts";
import { stagesDone } from "../../pipeline/status.ts";
import type { Glance } from "../followed_run.ts";
import type { Page } from "./layout.ts";

export function runListPage(runs: readonly Glance[]): Page {
  return {
    title: "Runs",
    live: true,
    body: html`
      <p class="eyebrow">ClusterFit</p>
      <h1>Runs</h1>
      ${runs.length === 0 ? nothingYet() : table(runs)}
    `,
  };
}

function nothingYet(): Html {
  return html`
    <p>No run yet. Start one with <code>deno task clusterfit</code>: it appears here.</p>
  `;
}

function table(runs: readonly Glance[]): Html {
  return html`
    <table class="runs">
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col">State</th>
          <th scope="col">Stages</th>
          <th scope="col">Time</th>
          <th scope="col">Started (UTC)</th>
        </tr>
      </thead>
      <tbody>${runs.map(row)}</tbody>
    </table>
  `;
}

function row({ name, state, message, record, status }: Glance): Html {
  return html`
    <tr>
      <td>
        <a href="/runs/${encodeURIComponent(name)}">${record?.title ?? name}</a>
        <small>${name}</small>
        ${state === "damaged" && html`
          <small>${message}</small>
        `}
        ${state === "interrupted" && record && html`
          <small>go on with <code>${shellCommand(record.command)}</code></small>
        `}
      </td>
      <td class="state-${state}">${state}</td>
      <td>${status && `${stagesDone(status)} of ${status.nodes.length}`}</td>
      <td>${status && formatDuration(status.seconds)}</td>
      <td>${record?.createdAt.slice(0, 16).replace("T", " ")}</td>
    </tr>
  `;
}
