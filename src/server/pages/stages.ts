/** The stages of a run with progress, rate, time to go and latest metrics. */
import { html } from "hono/html";
import type { Html } from "../../report/html.ts";
import { formatDuration } from "../../report/duration.ts";
import type { NodeState, NodeStatus } from "../../pipeline/status.ts";

export function stagesTable(nodes: readonly NodeStatus[]): Html {
  return html`
    <table class="stages compact">
      <thead>
        <tr>
          <th scope="col">Stage</th>
          <th scope="col">Progress</th>
          <th scope="col">State</th>
          <th scope="col">Rate</th>
          <th scope="col">Time</th>
          <th scope="col">Latest</th>
        </tr>
      </thead>
      <tbody>${nodes.map(row)}</tbody>
    </table>
  `;
}

function row(node: NodeStatus): Html {
  return html`
    <tr>
      <td>${node.title} <small>${node.id}</small></td>
      <td>${progress(node)}</td>
      <td class="state-${node.state}">${stateWords[node.state] ?? node.state}</td>
      <td>${node.state === "running" && rateText(node)}</td>
      <td>${timeText(node)}</td>
      <td>${node.message ?? metricsText(node.metrics)}</td>
    </tr>
  `;
}

/** States whose name is no plain English. */
const stateWords: { readonly [State in NodeState]?: string } = {
  elsewhere: "another run makes it",
  "not-run": "not run",
};

function progress({ state, title, done, total }: NodeStatus): Html {
  const isDone = state === "finished" || state === "reused";
  const [value, max] = isDone ? [1, 1] : [done ?? 0, total || 1];
  return html`<progress value="${value}" max="${max}" aria-label="${title}"></progress>`;
}

function rateText({ rate, unit }: NodeStatus): string {
  if (rate === undefined) return "";
  const digits = rate < 10 ? 1 : 0;
  const number = rate.toLocaleString("en", { maximumFractionDigits: digits });
  return `${number} ${unit}/s`;
}

function timeText({ seconds, eta }: NodeStatus): string {
  if (seconds !== undefined) return formatDuration(seconds);
  return eta === undefined ? "" : `${formatDuration(eta)} to go`;
}

function metricsText(metrics: NodeStatus["metrics"] = {}): string {
  return Object.entries(metrics)
    .map(([name, value]) => `${name} ${Number(value.toPrecision(4)).toLocaleString("en")}`)
    .join(" · ");
}
