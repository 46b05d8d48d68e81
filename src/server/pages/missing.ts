/** The 404 pages. */
import { html } from "hono/html";
import type { Page } from "./layout.ts";

export function missingPage(what: string, advice: string): Page {
  return {
    title: "Not found",
    live: false,
    body: html`
      <p class="eyebrow"><a href="/">Runs</a></p>
      <h1>${what}</h1>
      <p>${advice}</p>
    `,
  };
}
