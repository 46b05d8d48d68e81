/** The frame of every page. */
import { html, raw } from "hono/html";
import type { Html } from "../../report/html.ts";
import { style } from "../../report/style.ts";
import { liveScript } from "./live_script.ts";
import { serverStyle } from "./style.ts";

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** How a page that goes on changing renews itself; false where it does not. */
  readonly live: Live | false;
  /** Which of the pages that all others link to it is. */
  readonly place?: "runs" | "experiments";
}

export interface Live {
  /** Seconds between two looks where no stream tells of news. */
  readonly every: number;
  /** Address of the stream that tells of them. */
  readonly stream?: string;
}

export const htmlType = "text/html; charset=UTF-8";

/** Seconds between two looks of a browser without scripts, which lose the place that is read. */
const withoutScripts = 10;

export function layout({ title, body, live, place }: Page): Html {
  const reload = live && live.every <= withoutScripts &&
    raw(`<noscript><meta http-equiv="refresh" content="${withoutScripts}"></noscript>`);
  const link = (href: string, name: string, itself: boolean) =>
    html`
      <a href="${href}" ${itself && raw(' aria-current="page"')}>${name}</a>
    `;
  const main = live
    ? html`
      <main id="main" data-live="${live.every}" data-stream="${live.stream ?? ""}">${body}</main>
    `
    : html`<main id="main">${body}</main>`;
  return html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>${title} · ClusterFit</title>
        <link rel="icon" href="data:,">
        <style>${raw(style)}${raw(serverStyle)}</style>
        ${reload}
      </head>
      <body>
        <a class="skip" href="#main">To the content</a>
        <nav class="top" aria-label="Pages">
          <b>ClusterFit</b> ${link("/", "Runs", place === "runs")} ${link(
            "/experiments",
            "Experiments",
            place === "experiments",
          )}
        </nav>
        <div id="notice" role="status"></div>
        ${main}
        ${live && raw(`<script>${liveScript}</script>`)}
      </body>
    </html>
  `;
}
