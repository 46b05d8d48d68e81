/** What a reader has to know of compared scores. */
import { singleSeedMargin } from "../../results/paired.ts";
import { unconvergedMark } from "../convergence.ts";
import { testRowLine } from "../test_rows.ts";
import { type Comparison, runLetter, type ScoreComparison } from "./comparison.ts";

/** What the numbers are, and of each target how large its test set is and what a constant answer scores. */
export function comparisonNotes({ scores: rows }: Comparison): string[] {
  const seeds = rows.flatMap(({ scores }) => scores.map((score) => score?.values.length ?? 0));
  const unconverged = rows.some(({ scores }) => scores.some((score) => score?.converged === false));
  const targets = Map.groupBy(rows, ({ target, metric }) => `${target} ${metric}`);
  return [
    "Percent, as each run's own table has it. Differences are paired by the seeds that both have.",
    Math.max(...seeds) > 1
      ? "± is the sample standard deviation over seeds."
      : `One seed: no spread, and differences under about ${singleSeedMargin} points mean nothing.`,
    ...[...targets.values()].flatMap(testNotes),
    ...(unconverged ? [`${unconvergedMark} a probe did not converge: its score may be off.`] : []),
  ];
}

/** One line where all runs have the same test rows, else one for each kind of them. */
function testNotes(rows: readonly ScoreComparison[]): string[] {
  const title = rows[0]!.targetTitle;
  const tests = rows.flatMap(({ scores }) =>
    scores.flatMap((score, run) =>
      score ? [{ run, test: score.testRows, baseline: score.baseline }] : []
    )
  );
  const kinds = Map.groupBy(tests, ({ test, baseline }) => `${test} ${baseline}`);
  return [...kinds.values()].map((same) => {
    const whose = [...new Set(same.map(({ run }) => runLetter(run)))].sort().join(", ");
    return testRowLine(kinds.size > 1 ? `${title}, ${whose}` : title, same[0]!);
  });
}
