/** `clusters.html`: the clusters of a run to look at, on one page that needs nothing but itself. */
import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import { count } from "../../results/count.ts";
import type { Html } from "../html.ts";
import { facts } from "../sections/facts.ts";
import { style } from "../style.ts";
import { clusterItem } from "./cluster_item.ts";
import type { ClustersPage } from "./input.ts";
import { pictureItem } from "./picture.ts";
import { script } from "./script.ts";
import { clustersStyle } from "./style.ts";

const styles = style + clustersStyle;

/** Only this very style and script, and images that the page holds itself. */
const policy = [
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "img-src data:",
  `style-src ${hashOf(styles)}`,
  `script-src ${hashOf(script)}`,
].join("; ");

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** The whole page. */
export async function renderClustersPage(page: ClustersPage): Promise<string> {
  const text = await html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Clusters · ${page.title} · ClusterFit</title>
        <style>${raw(styles)}</style>
      </head>
      <body${page.pixelated && raw(' class="pixelated"')}>
        <header>${head(page)}</header>
        <main>${clusters(page)} ${doubles(page)} ${outliers(page)}</main>
        <script>${raw(script)}</script>
        </body>
        </html>
  `;
  return text.trimStart();
}

function head({ run, title, facts: entries }: ClustersPage): Html {
  return html`
    <p class="eyebrow">ClusterFit · ${run}</p>
    <h1>Clusters of ${title}</h1>
    <nav aria-label="On this page">
      <ul class="contents">
        <li><a href="#clusters">Clusters</a></li>
        <li><a href="#doubles">Near-duplicates</a></li>
        <li><a href="#outliers">Outliers</a></li>
      </ul>
    </nav>
    ${facts(entries)}
  `;
}

function clusters({ clusters, count: all }: ClustersPage): Html {
  const shown = clusters.length < all
    ? ` Shown are ${clusters.length.toLocaleString("en")} of ${
      all.toLocaleString("en")
    }, from the largest to ` +
      `the smallest in even steps: all of them would make this page too large.`
    : "";
  return html`
    <section>
      <h2 id="clusters">Clusters</h2>
      <p class="note">
      Words are the commonest ones in the names of a cluster’s pictures, for the reader only: the
      clustering never saw them. Distances are those of the features.${shown}
      </p>
      <form class="controls" id="controls" role="search" hidden>
        <label>Find <input type="search" name="find" placeholder="number, word or file name"></label>
        <label>Order
        <select name="order">
          <option value="largest">largest first</option>
          <option value="smallest">smallest first</option>
          <option value="wide">widest first</option>
          <option value="tight">tightest first</option>
          <option value="number">by number</option>
        </select>
      </label>
        <output id="told"></output>
        <span>
          <button type="button" id="previous">Previous</button>
          <button type="button" id="next">Next</button>
        </span>
      </form>
      <div id="list">${clusters.map(clusterItem)}</div>
    </section>
  `;
}

function doubles({ doubles: { within, pictures, groups } }: ClustersPage): Html {
  const found = groups.length === 0
    ? "None were found."
    : `${count(pictures, "picture")} have one.`;
  return html`
    <h2 id="doubles">Near-duplicates</h2>
    <p class="note">
      Pictures of one cluster that are at most ${within.toPrecision(
        2,
      )} apart, a tenth of the median distance
      to a centroid. ${found}
    </p>
    <ul class="groups">
      ${groups.map(({ cluster, size, pictures }) =>
        html`
          <li>
            <p>${count(size, "picture")} in <a href="#cluster-${cluster}">${cluster}</a></p>
            <ul class="row">${pictures.map((picture) => pictureItem(picture))}</ul>
          </li>
        `
      )}
    </ul>
  `;
}

function outliers({ outliers }: ClustersPage): Html {
  return html`
    <h2 id="outliers">Outliers</h2>
    <p
      class="note">The pictures that are farthest from the centroid of their cluster, whose number stands below.</p>
    <ul class="row">
      ${outliers.map(({ cluster, ...picture }) => pictureItem(picture, cluster))}
    </ul>
  `;
}
