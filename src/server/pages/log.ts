/** The event log of a run, in words. */
import { html } from "hono/html";
import type { RunEvent } from "../../pipeline/events.ts";
import { shellCommand } from "../../report/shell.ts";
import { formatDuration } from "../../report/duration.ts";
import type { Html } from "../../report/html.ts";
import type { Glance } from "../../registry/followed_run.ts";
import type { LogPage } from "../../registry/log_page.ts";
import { pathOf } from "../api/links.ts";
import type { Page } from "./layout.ts";
import { metricsText } from "./stages.ts";
import { utcSecond } from "../../report/utc.ts";

/** `isOlder`: whether newer events than these are left out. */
export function eventLog(run: string, { events, older }: LogPage, isOlder: boolean): Html {
  if (events.length === 0) return html`<p class="note">Nothing has happened yet.</p>`;
  const address = pathOf("runs", run, "log");
  return html`
    <ol class="log">${events.map(line)}</ol>
    <p class="note">
      ${isOlder && html`<a href="${address}">The newest events</a>`}
      ${older !== undefined && html`<a href="${address}?end=${older}">Older events</a>`}
    </p>
  `;
}

function line({ at, event }: LogPage["events"][number]): Html {
  const isBad = ["failed", "run-failed", "damaged", "run-damaged", "not-run"].includes(event.type);
  const time = utcSecond(event.t);
  return html`
    <li id="event-${at}" class="${isBad ? "bad" : event.type}">
      <time datetime="${event.t}">${time}</time> <span>${words(event)}</span>
    </li>
  `;
}

function words(event: RunEvent): string {
  switch (event.type) {
    case "run-started":
      return `The run was started: ${shellCommand(event.attempt.command)}`;
    case "run-finished":
      return "The run finished";
    case "run-stopped":
      return "The run was stopped";
    case "run-failed":
      return `The run failed: ${event.message}`;
    case "run-damaged":
      return `Damaged: ${event.message}`;
    case "started":
      return `${event.node} ${event.resumed ? "goes on where it stopped" : "began"}` +
        (event.why === undefined ? "" : `: ${event.why}`);
    case "waiting":
      return `${event.node} waits: another run makes it`;
    case "reused":
      return `${event.node} is there already`;
    case "progress": {
      const { node, done, total, unit, metrics } = event;
      const number = (value: number) => value.toLocaleString("en");
      return [`${node} ${number(done)} of ${number(total)} ${unit}`, metricsText(metrics)]
        .filter(Boolean).join(" · ");
    }
    case "finished":
      return `${event.node} finished in ${formatDuration(event.seconds)}`;
    case "damaged":
      return `${event.node} is damaged: ${event.message}`;
    case "failed":
      return `${event.node} failed: ${event.message}`;
    case "not-run":
      return `${event.node} is not run: it needs ${event.needs}`;
  }
}

/** `/runs/:id/log`: the events before a place in it. */
export function logPage({ name, record, state }: Glance, page: LogPage, isOlder: boolean): Page {
  return {
    title: `Events · ${record?.title ?? name}`,
    live: !isOlder && state === "running" && { every: 4 },
    place: "runs",
    body: html`
      <p class="eyebrow"><a href="/">Runs</a> / <a href="${pathOf(
        "runs",
        name,
      )}">${name}</a> / events</p>
      <h1>Events <small>(UTC, newest first)</small></h1>
      ${eventLog(name, page, isOlder)}
    `,
  };
}
