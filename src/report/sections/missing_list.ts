/** What a run could not make. */
import { html } from "hono/html";
import type { Summary } from "../../results/summary.ts";
import { pointText } from "../../results/words.ts";
import type { Html } from "../html.ts";

/** `Ncf at label noise 75%, K 1,600, seed 9`, each once, with the nodes that should have made what is missing. */
export function missingNames({ missing, study }: Summary): { name: string; nodes: string[] }[] {
  const nodes = Map.groupBy(missing, ({ arm, at, seed }) => {
    const title = study.arms.find(({ id }) => id === arm)?.title ?? arm;
    const where = pointText(at, study.axes);
    return `${title}${where && ` at ${where}`}, seed ${seed}`;
  });
  return [...nodes].map(([name, lost]) => ({ name, nodes: lost.map(({ node }) => node) }));
}

export function missingList(summary: Summary): Html {
  return html`
    <p class="note">Not measured, because a stage failed; the same command tries it again:</p>
    <ul class="missing">
      ${missingNames(summary).map(({ name, nodes }) =>
        html`<li>${name} <small>${nodes.join(", ")}</small></li>`
      )}
    </ul>
  `;
}
