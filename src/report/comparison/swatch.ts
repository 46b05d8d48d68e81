/** The letter of a run, in front of it its colour. */
import { html } from "hono/html";
import { runColours } from "../colours.ts";
import type { Html } from "../html.ts";
import { runLetter } from "./comparison.ts";

export function swatch(at: number): Html {
  return html`<b class="swatch" style="--swatch: ${runColours[at]}">${runLetter(at)}</b>`;
}
