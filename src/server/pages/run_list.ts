/** `/`: the runs, searched and paged. */
import { html, raw } from "hono/html";
import { formatDuration } from "../../report/duration.ts";
import type { Html } from "../../report/html.ts";
import { shellCommand } from "../../report/shell.ts";
import { count } from "../../results/count.ts";
import type { RunRow } from "../../registry/run_row.ts";
import { pathOf } from "../api/links.ts";
import type { Page } from "./layout.ts";
import { type Listing, type ListQuery, pageRuns, states } from "./listing.ts";
import { sparkline } from "./sparkline.ts";
import { utcMinute } from "../../report/utc.ts";

export function runListPage(listing: Listing): Page {
  const { asked, runs, total, notes } = listing;
  const isAll = asked.text === "" && asked.state === "" && asked.experiment === "";
  return {
    title: "Runs",
    live: { every: 4 },
    place: "runs",
    body: html`
      <h1>Runs</h1>
      ${notes.map((note) => html`<p class="note">${note}</p>`)}
      ${isAll && total === 0 ? nothingYet() : html`
        ${search(asked)}
        ${runs.length === 0 ? nothingFound() : found(listing)}
      `}
    `,
  };
}

function nothingYet(): Html {
  return html`
    <p>No run yet. Start one with <code>deno task clusterfit</code>: it appears here.</p>
  `;
}

function nothingFound(): Html {
  return html`<p>No run is like that. <a href="/">All runs</a></p>`;
}

function search({ text, state, experiment }: ListQuery): Html {
  return html`
    <form class="fields" id="search" method="get" action="/" role="search">
      <label>Search
        <input type="search" name="q" value="${text}" placeholder="name, title, experiment, K 20">
      </label>
      <label>State
        <select name="state">
          <option value="">any</option>
          ${states.map((one) => html`<option${one === state && raw(" selected")}>${one}</option>`)}
        </select>
      </label>
      ${experiment !== "" && html`
        <label>Experiment
          <select name="experiment">
            <option selected>${experiment}</option>
            <option value="">any</option>
          </select>
        </label>
      `}
      <button>Show</button>
    </form>
  `;
}

function found({ asked, runs, total }: Listing): Html {
  const pages = Math.ceil(total / pageRuns);
  return html`
    <form id="list" method="get" action="/compare">
      <table class="runs">
        <thead>
          <tr>
            <td></td>
            <th scope="col">Run</th>
            <th scope="col">State</th>
            <th scope="col">Loss</th>
            <th scope="col">Stages</th>
            <th scope="col">Time</th>
            <th scope="col">Started (UTC)</th>
          </tr>
        </thead>
        <tbody>${runs.map(row)}</tbody>
      </table>
      <div class="under">
        <button>Compare the ticked runs</button>
        <span class="note">${count(total, "run")}${pages > 1 &&
          `, page ${asked.page} of ${pages}`}</span>
        ${asked.page > 1 &&
          html`<a rel="prev" href="${addressOf(asked, asked.page - 1)}">Newer</a>`}
        ${asked.page < pages &&
          html`<a rel="next" href="${addressOf(asked, asked.page + 1)}">Older</a>`}
      </div>
    </form>
  `;
}

function addressOf({ text, state, experiment }: ListQuery, page: number): string {
  const query = new URLSearchParams({
    ...(text !== "" && { q: text }),
    ...(state !== "" && { state }),
    ...(experiment !== "" && { experiment }),
    page: `${page}`,
  });
  return `/?${query}`;
}

function row(run: RunRow): Html {
  const { name, state } = run;
  const title = run.title ?? name;
  const facts = run.facts.map((fact) => fact.join(" ").replaceAll(" ", "\u00a0"));
  return html`
    <tr id="run-${name}">
      <td><input type="checkbox" name="run" value="${name}" aria-label="Compare ${title}, ${name}"></td>
      <td>
        <a href="${pathOf("runs", name)}">${title}</a>
        ${run.title !== null && small([name, ...facts].join(" · "))} ${remark(run)}
      </td>
      <td class="state-${state}">${state}</td>
      <td>${sparkline(run.curve)}</td>
      <td>${run.stagesTotal > 0 && `${run.stagesDone} of ${run.stagesTotal}`}</td>
      <td>${run.lastEvent !== null && formatDuration(run.seconds)}</td>
      <td>${run.createdAt && utcMinute(run.createdAt)}</td>
    </tr>
  `;
}

/** What is wrong with a damaged run, how to go on with one that was killed. */
function remark({ state, message, command }: RunRow): Html | undefined {
  if (state === "damaged") return small(message);
  if (state !== "interrupted" || command.length === 0) return undefined;
  const words = command.map((word) => html`<span>${shellCommand([word])}</span>`);
  return small(html`go on with <code>${words}</code>`);
}

function small(content: unknown): Html {
  return html`<small>${content}</small>`;
}
