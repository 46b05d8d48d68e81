/** The stages of a run with progress, rate, time to go and latest metrics. */
import { html, raw } from "hono/html";
import type { Html } from "../../report/html.ts";
import { formatDuration } from "../../report/duration.ts";
import { isDone, type NodeStatus } from "../../pipeline/status.ts";
import { type Box, progressText, stateOf, stateText } from "./graph/boxes.ts";

/** A table; of many stages one for each box of the graph, folded unless it is at work or failed. */
export function stagesTables(boxes: readonly Box[]): Html {
  if (boxes.every(({ nodes }) => nodes.length < 2)) {
    return table(boxes.flatMap(({ nodes }) => nodes));
  }
  return html`${boxes.map(folded)}`;
}

/** More rows scroll by themselves. */
const fewRows = 12;

function scrolling({ id, title, nodes }: Box): Html {
  const first = nodes.toSorted((a, b) => urgency(a) - urgency(b));
  return html`
    <div class="scroll" id="rows-${id}" tabindex="0" role="region" aria-label="${title}">
      ${table(first)}
    </div>
  `;
}

/** What failed first, then what is at work. */
function urgency({ state }: NodeStatus): number {
  return state === "failed" ? 0 : state === "running" ? 1 : 2;
}

function folded(box: Box): Html {
  const { id, title, nodes } = box;
  const state = stateOf(box);
  const seconds = nodes.reduce((sum, node) => sum + (node.seconds ?? 0), 0);
  const open = state === "failed" || state === "running";
  const isOwn = nodes.length > 1; // the row of a single stage has that id itself
  return html`
    <details class="folded" id="${isOwn ? "stage" : "box"}-${id}" ${open && raw(" open")}>
      <summary>${nodes.length > 1 && `${nodes.length} × `}${title}
        <small><span class="state-${state}">${progressText(box)}</span>${seconds > 0 &&
          ` · ${formatDuration(seconds)}`}</small>
      </summary>
      ${nodes.length > fewRows ? scrolling(box) : table(nodes)}
    </details>
  `;
}

function table(nodes: readonly NodeStatus[]): Html {
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
    <tr id="stage-${node.id}">
      <td>${node.title} <small>${node.id}</small></td>
      <td>${progress(node)}</td>
      <td class="state-${node.state}">${stateText(node.state)}</td>
      <td>${node.state === "running" && rateText(node)}</td>
      <td>${timeText(node)}</td>
      <td>${node.message ?? metricsText(node.metrics)}</td>
    </tr>
  `;
}

function progress(node: NodeStatus): Html {
  const [value, max] = isDone(node) ? [1, 1] : [node.done ?? 0, node.total || 1];
  return html`<progress value="${value}" max="${max}" aria-label="${node.title}"></progress>`;
}

export function rateText({ rate, unit }: Pick<NodeStatus, "rate" | "unit">): string {
  if (rate === undefined) return "";
  const digits = rate < 10 ? 1 : 0;
  const number = rate.toLocaleString("en", { maximumFractionDigits: digits });
  return `${number} ${unit}/s`;
}

function timeText({ seconds, eta }: NodeStatus): string {
  if (seconds !== undefined) return formatDuration(seconds);
  return eta === undefined ? "" : `${formatDuration(eta)} to go`;
}

export function metricsText(metrics: NodeStatus["metrics"] = {}): string {
  return Object.entries(metrics)
    .map(([name, value]) => `${name} ${Number(value.toPrecision(4)).toLocaleString("en")}`)
    .join(" · ");
}
