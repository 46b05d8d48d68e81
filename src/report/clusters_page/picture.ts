/** One picture of a list. */
import { html, raw } from "hono/html";
import type { Html } from "../html.ts";
import type { Picture } from "./input.ts";

/** `cluster`: one to go to, below it. */
export function pictureItem({ name, image, distance }: Picture, cluster?: number): Html {
  return html`
    <li>
      <img class="picture" src="${raw(image)}" alt="${name}" title="${name}, ${distance
        .toPrecision(3)}" loading="lazy" decoding="async">
      ${cluster !== undefined && html`<a href="#cluster-${cluster}">${cluster}</a>`}
    </li>
  `;
}
