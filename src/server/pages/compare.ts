/** `/compare?run=a&run=b`: runs beside each other. */
import { html } from "hono/html";
import type { Comparison } from "../../report/comparison/comparison.ts";
import { comparePageBody, comparisonTitle } from "../../report/comparison/page.ts";
import type { Page } from "./layout.ts";

export function comparePage(comparison: Comparison): Page {
  return {
    title: comparisonTitle(comparison),
    live: comparison.runs.some(({ state }) => state !== "finished") && { every: 4 },
    place: "runs",
    body: html`
      <p class="eyebrow"><a href="/">Runs</a> / compare</p>
      ${comparePageBody(comparison, { linkOf: (name) => `/runs/${encodeURIComponent(name)}` })}
    `,
  };
}
