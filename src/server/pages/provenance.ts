/** Who worked on a run, where, and what was asked for. */
import { html } from "hono/html";
import type { Snapshot } from "../../registry/followed_run.ts";
import type { Html } from "../../report/html.ts";
import { facts, flatten } from "../../report/sections/facts.ts";
import { shellCommand } from "../../report/shell.ts";
import { utcSecond } from "../../report/utc.ts";

export function provenance({ record, attempts }: Snapshot): Html | undefined {
  if (!record) return undefined;
  const newest = attempts.at(-1);
  const asked = flatten(record.asked);
  return html`
    <section id="provenance">
      <h2>Asked for</h2>
      <pre><code>${shellCommand(record.command)}</code></pre>
      ${asked.length > 0 ? facts(asked) : html`<p class="note">Nothing beside the defaults.</p>`}
      <details id="config">
        <summary>The whole config, defaults too</summary>
        ${facts(flatten(record.config))}
      </details>
      <h2>Attempts</h2>
      <ol class="statements">
        ${attempts.map(({ began, run, command }) =>
          html`
            <li>${utcSecond(began)} UTC
              ${run !== record.id && html`
                · by the run ${run}
              `}
              ${shellCommand(command) !== shellCommand(record.command) &&
                html`
                  · <code>${shellCommand(command)}</code>
                `}</li>
          `
        )}
      </ol>
      ${newest && html`
        <div class="columns">
          <div><h3>Machine</h3>${facts(Object.entries(newest.hardware))}</div>
          <div><h3>Resolved</h3>${facts(Object.entries(record.resolved))}</div>
        </div>
        <details id="versions">
          <summary>Versions</summary>
          ${facts(Object.entries(newest.versions))}
        </details>
      `}
    </section>
  `;
}
