/** The frame of every page, and the few lines that keep a page of a running run up to date. */
import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import type { Html } from "../../report/html.ts";
import { style } from "../../report/style.ts";

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Whether the page goes on changing: it then renews itself, by reloading where scripts are off. */
  readonly live: boolean;
}

const seconds = 2;

/** Fetches the page again and swaps its `<main>`, until the page says that nothing moves any more. */
const liveScript = `
const renew = async () => {
  if (!document.querySelector("main[data-live]")) return;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok) document.querySelector("main").replaceWith(page.querySelector("main"));
    document.body.classList.toggle("offline", !answer.ok);
  } catch {
    document.body.classList.add("offline");
  }
  setTimeout(renew, ${seconds * 1000});
};
setTimeout(renew, ${seconds * 1000});
`;

const serverStyle = `
.offline main { opacity: .55; }
.offline::before { content: "The server does not answer; showing the last state."; color: var(--lost); font-size: .87rem; }
progress { width: 100%; min-width: 7rem; height: .5rem; border: 0; border-radius: 3px; overflow: hidden; appearance: none; background: var(--line); vertical-align: middle; }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
.state-finished, .state-reused { color: var(--won); }
.state-failed, .state-damaged { color: var(--lost); }
.state-running { color: var(--accent); }
.state-waiting, .state-stopped, .state-elsewhere, .state-not-run { color: var(--muted); }
.state-interrupted { color: var(--warned); }
.stages th:nth-child(-n+3), .stages td:nth-child(-n+3), .stages th:last-child, .stages td:last-child, .runs th:nth-child(2), .runs td:nth-child(2) { text-align: left; }
.stages td:nth-child(2) { width: 24%; }
.stages td:last-child { min-width: 14rem; color: var(--muted); white-space: normal; }
.stages small, .runs small { color: var(--muted); }
.stages small { margin-left: .35rem; white-space: nowrap; }
.runs small { display: block; overflow-wrap: anywhere; }
.runs code span { display: inline-block; max-width: 100%; vertical-align: top; }
.message { padding: .6rem .9rem; border-left: 3px solid var(--lost); background: var(--wash); white-space: pre-wrap; overflow-wrap: anywhere; }
@media screen and (max-width: 56rem) {
  .stages thead, .runs thead { display: none; }
  .stages tr, .runs tr { display: flex; flex-wrap: wrap; gap: .1rem 1rem; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .stages td, .runs td { padding: 0; border: 0; }
  .stages td:empty, .runs td:empty { display: none; }
  .stages td:nth-child(-n+2), .stages td:last-child, .runs td:first-child { flex: 1 0 100%; }
}
`;

/** What a Content-Security-Policy needs to let that one script run and no other. */
export const liveScriptHash = `'sha256-${
  createHash("sha256").update(liveScript).digest("base64")
}'`;

export function layout({ title, body, live }: Page): Html {
  const reload = live &&
    raw(`<noscript><meta http-equiv="refresh" content="${2 * seconds}"></noscript>`);
  const script = live && raw(`<script>${liveScript}</script>`);
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
        <main${live && raw(" data-live")}>${body}</main>
        ${script}
      </body>
    </html>
  `;
}
