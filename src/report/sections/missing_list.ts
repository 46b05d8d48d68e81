/** What a run could not make. */
import { html } from "hono/html";
import type { Summary } from "../../results/summary.ts";
import { pointText } from "../../results/words.ts";
import type { Html } from "../html.ts";

/** `Ncf at label noise 75%, K 1,600, seed 9`. */
export function missingNames({ missing, study }: Summary): { name: string; node: string }[] {
  return missing.map(({ arm, at, seed, node }) => {
    const title = study.arms.find(({ id }) => id === arm)?.title ?? arm;
    const where = pointText(at, study.axes);
    return { name: `${title}${where && ` at ${where}`}, seed ${seed}`, node };
  });
}

export function missingList(summary: Summary): Html {
  return html`
    <p class="note">Not measured, because a stage failed; the same command tries it again:</p>
    <ul class="missing">
      ${missingNames(summary).map(({ name, node }) =>
        html`<li>${name} <small>${node}</small></li>`
      )}
    </ul>
  `;
}
