/** What was planned beside what it took. */
import { html } from "hono/html";
import type { RunEvent } from "../../pipeline/events.ts";
import { type Forecast, outcomesOf } from "../../pipeline/forecast.ts";
import { stageSeconds } from "../../pipeline/timing.ts";
import { formatDuration } from "../duration.ts";
import type { Html } from "../html.ts";
import { planVerdict } from "../plan_verdict.ts";
import { utcMinute } from "../utc.ts";

/** Seconds of the stages that are shown, at least. */
const least = 1;

export function planTable(forecast: Forecast, events: readonly RunEvent[]): Html {
  const outcomes = outcomesOf(forecast, stageSeconds(events));
  const shown = outcomes.filter(({ planned, took }) => Math.max(planned, took) >= least);
  return html`
    <p class="note">
      Made ${utcMinute(forecast.madeAt)} UTC by clusterfit plan. ${planVerdict(
        forecast,
        events,
      )}
    </p>
    <table class="compact narrow">
      <thead>
        <tr>
          <th scope="col">Stage</th>
          <th scope="col">Planned</th>
          <th scope="col">Took</th>
          <th scope="col">Factor</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(({ title, planned, took, factor }) =>
          html`
            <tr>
              <td>${title}</td>
              <td>${formatDuration(planned)}</td>
              <td>${formatDuration(took)}</td>
              <td>${factor.toFixed(2)}</td>
            </tr>
          `
        )}
      </tbody>
    </table>
  `;
}
