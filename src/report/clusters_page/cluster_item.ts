/** One cluster: its size, and strips of its pictures. */
import { html } from "hono/html";
import { count } from "../../results/count.ts";
import type { Html } from "../html.ts";
import type { ShownCluster } from "./input.ts";
import { pictureItem } from "./picture.ts";

export function clusterItem(cluster: ShownCluster): Html {
  const { id, size, spread, words, typical, borderline, farthest } = cluster;
  const names = [typical, borderline, farthest].flat().map(({ name }) => name);
  const known = [...words, ...names].join(" ").toLowerCase();
  const told = [count(size, "picture"), `mean distance ${spread.toPrecision(3)}`, ...words].join(
    " · ",
  );
  return html`
    <article class="cluster" id="cluster-${id}" tabindex="-1"
      data-id="${id}" data-size="${size}" data-spread="${spread}" data-find="${known}">
      <h3>Cluster ${id} <small>${told}</small></h3>
      <div class="strips">
        ${strip("nearest to the centroid", typical.map((picture) => pictureItem(picture)))}
        ${strip(
          "nearly in another",
          borderline.map(({ other, ...picture }) => pictureItem(picture, other)),
        )}
        ${strip("farthest", farthest.map((picture) => pictureItem(picture)))}
      </div>
    </article>
  `;
}

function strip(caption: string, items: readonly Html[]): Html | undefined {
  if (items.length === 0) return undefined;
  return html`
    <figure class="strip">
      <figcaption>${caption}</figcaption>
      <ul>${items}</ul>
    </figure>
  `;
}
