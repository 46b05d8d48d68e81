/** What a reader has to know of a network that did not learn its clusters. */
import { pointKey } from "../results/point.ts";
import type { Summary } from "../results/summary.ts";
import { pointText } from "../results/words.ts";

/** From this share of the loss of a guess on, a network has learnt next to nothing. */
const nearly = 0.9;

/** A sentence for each training on clusters that ended near the loss of a guess, ln K of each head. */
export function untrainedNotes(
  { series, clusterings, study }: Pick<Summary, "series" | "clusterings" | "study">,
): string[] {
  return series.flatMap(({ arm, at, seed, points }) => {
    const own = clusterings.filter((one) =>
      one.arm === arm && one.seed === seed && pointKey(one.at) === pointKey(at)
    );
    const guess = own.reduce((sum, { k }) => sum + Math.log(k), 0);
    const loss = points.at(-1)?.loss;
    if (own.length === 0 || loss === undefined || loss < nearly * guess) return [];
    const title = study.arms.find(({ id }) => id === arm)?.title ?? arm;
    const where = pointText(at, study.axes);
    return [
      `Seed ${seed}${
        where && ` at ${where}`
      }: ${title} hardly learnt its clusters: its loss ended at ` +
      `${loss.toFixed(2)}, where guessing gives ${guess.toFixed(2)}. More epochs, or another ` +
      "training.learningRate, may help.",
    ];
  });
}
