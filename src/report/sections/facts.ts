/** Names and values: config, versions, hardware. */
import { html } from "hono/html";
import type { Json } from "../../pipeline/json.ts";
import type { Html } from "../html.ts";

export type Fact = readonly [name: string, value: string | number];

export function facts(entries: Iterable<Fact>): Html {
  return html`
    <dl class="facts">
      ${[...entries].map(([name, value]) =>
        html`
          <dt>${name}</dt>
          <dd>${value}</dd>
        `
      )}
    </dl>
  `;
}

/** The leaves of a JSON value by dotted name; a list of plain values is one leaf. */
export function flatten(value: Json | undefined, name = ""): Fact[] {
  if (value === undefined) return [];
  if (value === null || typeof value !== "object") return [[name, String(value)]];
  if (Array.isArray(value) && value.every((item) => item === null || typeof item !== "object")) {
    return [[name, value.join(", ")]];
  }
  return Object.entries(value).flatMap(([key, member]) =>
    flatten(member, name === "" ? key : `${name}.${key}`)
  );
}
