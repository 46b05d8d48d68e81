/** `/runs/:id/clusters`: pictures of the clusters of a run, one clustering at a time. */
import { html, raw } from "hono/html";
import { type Sheet, sheetAt } from "../../report/sections/contact_sheet.ts";
import type { SheetNode } from "../../registry/run_sheets.ts";
import type { Html } from "../../report/html.ts";
import { pathOf } from "../api/links.ts";
import type { Page } from "./layout.ts";

export interface ClustersView {
  /** Name of the run. */
  readonly run: string;
  readonly title: string;
  /** Stages that have drawn a clustering by now, or will. */
  readonly nodes: readonly SheetNode[];
  /** Which of them is shown. */
  readonly node: SheetNode;
  /** Undefined where it is not drawn yet. */
  readonly sheet: Sheet | undefined;
}

export function clustersPage({ run, title, nodes, node, sheet }: ClustersView): Page {
  const address = pathOf("runs", run, "clusters");
  return {
    title: `Clusters · ${title}`,
    live: sheet === undefined && { every: 5 },
    place: "runs",
    body: html`
      <p class="eyebrow"><a href="/">Runs</a> / <a href="${pathOf(
        "runs",
        run,
      )}">${run}</a> / clusters</p>
      <h1>Clusters</h1>
      ${nodes.length > 1 && html`
        <nav aria-label="Clusterings">
          <ul class="contents">
          ${nodes.map((one) =>
            html`
              <li><a href="${address}?${new URLSearchParams({ of: one.id })}"${one.id === node.id &&
                raw(' aria-current="page"')}>${one.title}</a></li>
            `
          )}
          </ul>
        </nav>
      `}
      ${sheet ? shown(run, node, sheet) : html`<p>These clusters are not drawn yet.</p>`}
    `,
  };
}

function shown(run: string, node: SheetNode, sheet: Sheet): Html {
  return html`
    <p class="note">
      ${node
        .title}: clusters from the largest to the smallest in even steps, the first pictures of each. Their names are
      for the reader only; none entered the clustering. <code>clusterfit export</code> writes a page with every cluster.
    </p>
    ${sheetAt(pathOf("runs", run, "sheets", node.id), sheet)}
  `;
}
