/** `45.5 ± 1.3` in a table: the spread small, and absent for one seed; `mark` stands behind the mean. */
import { html } from "hono/html";
import { type Estimate, formatScore } from "../../results/estimate.ts";
import type { Html } from "../html.ts";

export function scoreCell(estimate: Estimate | undefined, format = formatScore, mark = ""): Html {
  if (!estimate) return html`–`;
  const { mean, spread } = estimate;
  return html`${format(mean)}${mark}${
    spread !== undefined && html`
      <small>± ${formatScore(spread)}</small>
    `
  }`;
}
