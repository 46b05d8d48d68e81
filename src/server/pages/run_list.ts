/** `/`: every run. */
import { html } from "hono/html";
import { formatDuration } from "../../report/duration.ts";
import type { Html } from "../../report/html.ts";
import { shellCommand } from "../../report/shell.ts";
import { stagesDone } from "../../pipeline/status.ts";
import type { Glance } from "../../registry/followed_run.ts";
import { runFacts } from "../../registry/run_facts.ts";
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

function row(run: Glance): Html {
  const { name, state, record, status } = run;
  const facts = runFacts(record).map((fact) => fact.join(" "));
  return html`
    <tr>
      <td>
        <a href="/runs/${encodeURIComponent(name)}">${record?.title ?? name}</a>
        ${record && small([name, ...facts].join(" · "))} ${remark(run)}
      </td>
      <td class="state-${state}">${state}</td>
      <td>${status && `${stagesDone(status)} of ${status.nodes.length}`}</td>
      <td>${status && formatDuration(status.seconds)}</td>
      <td>${record?.createdAt.slice(0, 16).replace("T", " ")}</td>
    </tr>
  `;
}

/** What is wrong with a damaged run, how to go on with one that was killed. */
function remark({ state, message, record }: Glance): Html | undefined {
  if (state === "damaged") return small(message);
  if (state !== "interrupted" || !record) return undefined;
  const words = record.command.map((word) =>
    html`
      <span>${shellCommand([word])}</span>
    `
  );
  return small(html`go on with <code>${words}</code>`);
}

function small(content: unknown): Html {
  return html`<small>${content}</small>`;
}
