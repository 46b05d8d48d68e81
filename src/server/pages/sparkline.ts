/** How the loss of a training went, as small as a word. */
import { html } from "hono/html";
import type { Html } from "../../report/html.ts";

const size = { width: 96, height: 24 };

/** `values`: one point at least; the last one is marked. */
export function sparkline(values: readonly number[]): Html | undefined {
  const known = values.filter(Number.isFinite);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const places = known.map((value, at) => {
    const x = known.length === 1 ? size.width / 2 : at / (known.length - 1) * size.width;
    const y = high === low ? size.height / 2 : (high - value) / (high - low) * size.height;
    return [Math.round(10 * x) / 10, Math.round(10 * y) / 10] as const;
  });
  const [x, y] = places.at(-1)!;
  const told = `loss ${short(first)}${known.length > 1 ? ` to ${short(last)}` : ""}`;
  return html`
    <svg class="spark" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${told}">
      <title>${told}</title>
      <path d="M${places.map((place) => place.join(" ")).join("L")}" />
      <circle cx="${x}" cy="${y}" r="2" />
    </svg>
  `;
}

const short = (value: number) => Number(value.toPrecision(3)).toString();
