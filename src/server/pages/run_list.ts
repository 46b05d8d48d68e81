/** `/`: every run. */
import { html } from "hono/html";
import { formatDuration } from "../../report/duration.ts";
import type { Html } from "../../report/html.ts";
import type { Snapshot } from "../snapshot.ts";
import { silence, stagesDone } from "../../pipeline/status.ts";
import type { Page } from "./layout.ts";

export function runListPage(runs: readonly Snapshot[], now: number): Page {
  return {
    title: "Runs",
    live: true,
    body: html`
      <p class="eyebrow">ClusterFit</p>
      <h1>Runs</h1>
      ${runs.length === 0 ? nothingYet() : table(runs, now)}
    `,
  };
}

function nothingYet(): Html {
  return html`
    <p>No run yet. Start one with <code>deno task clusterfit</code>: it appears here.</p>
  `;
}

function table(runs: readonly Snapshot[], now: number): Html {
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
      <tbody>${runs.map((run) => row(run, now))}</tbody>
    </table>
  `;
}

function row({ name, record, status }: Snapshot, now: number): Html {
  const silent = silence(status, now);
  const news = silent === undefined ? status.state : `no news for ${formatDuration(silent)}`;
  return html`
    <tr>
      <td>
        <a href="/runs/${encodeURIComponent(name)}">${record.title}</a> <small>${name}</small>
      </td>
      <td class="state-${silent === undefined ? status.state : "stopped"}">${news}</td>
      <td>${stagesDone(status)} of ${status.nodes.length}</td>
      <td>${formatDuration(status.seconds)}</td>
      <td>${record.createdAt.slice(0, 16).replace("T", " ")}</td>
    </tr>
  `;
}
