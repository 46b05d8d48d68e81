/** `/experiments`: what was claimed before it was run, and what the newest finished run of each says. */
import { html } from "hono/html";
import type { Html } from "../../report/html.ts";
import { judgedClaims } from "../../report/sections/claims_table.ts";
import { count } from "../../results/count.ts";
import { verdict } from "../../results/verdict.ts";
import type { ExperimentRuns } from "../../registry/experiments.ts";
import { pathOf } from "../api/links.ts";
import type { Page } from "./layout.ts";

export function experimentsPage(experiments: readonly ExperimentRuns[]): Page {
  return {
    title: "Experiments",
    live: false,
    place: "experiments",
    body: html`
      <h1>Experiments</h1>
      ${experiments.length === 0
        ? html`<p>No experiment has a run yet. <code>deno task clusterfit --help</code> lists them.</p>`
        : experiments.map(section)}
    `,
  };
}

function section({ name, rows, newest }: ExperimentRuns): Html {
  const finished = rows.filter(({ state }) => state === "finished").slice(0, 2);
  const both = new URLSearchParams(finished.map((run) => ["run", run.name]));
  return html`
    <section id="experiment-${name}">
      <h2>${rows[0].title ?? name} <small>${name}</small></h2>
      <p class="note">
        <a href="/?${new URLSearchParams({ experiment: name })}">${count(
          rows.length,
          "run",
        )}</a>${newest
          ? html`; the newest that finished is
            <a href="${pathOf("runs", newest.row.name)}">${newest.row.name}</a> of ${
            newest.row.createdAt?.slice(0, 10)
          }`
          : ", none finished yet"}${finished.length > 1 &&
          html`
            · <a href="/compare?${both}">compare the two newest that finished</a>
          `}
      </p>
      ${newest &&
        html`<p>${verdict(newest.summary)}</p> ${
          newest.summary.study.claims.length > 0 && judgedClaims(newest.summary)
        }`}
    </section>
  `;
}
