/** A page that says one thing: what is missing or broken, and what to do. */
import { html } from "hono/html";
import type { Html } from "../../report/html.ts";
import type { Page } from "./layout.ts";

export function messagePage(what: string, advice: string, more?: Html): Page {
  return {
    title: what,
    live: false,
    body: html`
      <p class="eyebrow"><a href="/">Runs</a></p>
      <h1>${what}</h1>
      <p>${advice}</p>
      ${more}
    `,
  };
}
