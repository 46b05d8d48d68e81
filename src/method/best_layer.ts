/** Which layer of a network a table speaks of, where that is its best one (paper, Tables 6 to 8). The paper does not
 * say what it chooses by; here the test rows have no say in it. */
import type { Target } from "../data/target.ts";
import { UserError } from "../pipeline/errors.ts";
import { validationOf } from "./fit_probe.ts";
import type { ProbeConfig } from "./probe_config.ts";
import type { Scores } from "./stages/measure.ts";

/** Among the layers that were pooled to the same numbers, that whose probe is best on the validation rows; of equals,
 * the first. Throws an Error where there is none. */
export function bestLayer({ scores }: Pick<Scores, "scores">): Scores["scores"][number] {
  const pooled = scores.filter(({ budget }) => budget !== null);
  return pooled.reduce((a, b) => validationScore(b) > validationScore(a) ? b : a);
}

const validationScore = (fit: Scores["scores"][number]) => validationOf(fit) ?? -Infinity;

/** Throws a UserError where no validation rows are left to choose a layer by. */
export function checkChoosable({ probe }: ProbeConfig, { name }: Pick<Target, "name">): void {
  if (probe !== "svm") return;
  throw new UserError(
    `Cannot choose the best layer on "${name}": it needs validation rows that no probe is fitted to, found ` +
      "linear SVMs, which are fitted to all but the test rows. Take --set probe.kind=logistic.",
  );
}
