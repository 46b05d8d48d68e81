/** Seconds per stage, as the events tell, and who made it where that was not the same for all. */
import { html } from "hono/html";
import type { RunEvent } from "../../pipeline/events.ts";
import type { RunRecord } from "../../pipeline/record.ts";
import type { Html } from "../html.ts";
import { stageSeconds, wallSeconds } from "../../pipeline/timing.ts";
import { formatDuration } from "../duration.ts";
import type { Maker } from "./makers.ts";

export function stagesTable(
  nodes: RunRecord["nodes"],
  events: readonly RunEvent[],
  makers: readonly Maker[],
): Html {
  const seconds = stageSeconds(events);
  const several = makers.length > 1;
  const makerOf = (id: string) => makers.find(({ nodes }) => nodes.includes(id))?.name ?? "–";
  return html`
    <table class="compact narrow">
      <thead>
        <tr>
          <th scope="col">Stage</th>
          ${several && html`<th scope="col">Made by</th>`}
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        ${nodes.map(({ id, title }) =>
          html`
            <tr>
              <td>${title} <small class="note">${id}</small></td>
              ${several && html`<td>${makerOf(id)}</td>`}
              <td>${duration(seconds.get(id))}</td>
            </tr>
          `
        )}
        <tr>
          <th scope="row" colspan="${several ? 2 : 1}">Wall clock; several stages run at once</th>
          <td>${formatDuration(wallSeconds(events))}</td>
        </tr>
      </tbody>
    </table>
  `;
}

function duration(seconds: number | undefined): string {
  return seconds === undefined ? "–" : formatDuration(seconds);
}
