/** Seconds per stage, as the events tell. */
import { html } from "hono/html";
import type { RunEvent } from "../../pipeline/events.ts";
import type { RunRecord } from "../../pipeline/record.ts";
import type { Html } from "../html.ts";
import { stageSeconds, wallSeconds } from "../../pipeline/timing.ts";
import { formatDuration } from "../duration.ts";

export function stagesTable(nodes: RunRecord["nodes"], events: readonly RunEvent[]): Html {
  const seconds = stageSeconds(events);
  return html`
    <table class="compact narrow">
      <thead>
        <tr>
          <th scope="col">Stage</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        ${nodes.map(({ id, title }) =>
          html`
            <tr>
              <td>${title} <small class="note">${id}</small></td>
              <td>${duration(seconds.get(id))}</td>
            </tr>
          `
        )}
        <tr>
          <th scope="row">Wall clock; several stages run at once</th>
          <td>${formatDuration(wallSeconds(events))}</td>
        </tr>
      </tbody>
    </table>
  `;
}

function duration(seconds: number | undefined): string {
  return seconds === undefined ? "–" : formatDuration(seconds);
}
