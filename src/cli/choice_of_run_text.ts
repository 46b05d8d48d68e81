/** Which K of a run would have been chosen without labels, and how close that comes, in words. */
import { estimate, formatScore, formatSigned } from "../results/estimate.ts";
import type { KOutcome } from "../results/k_choice.ts";
import { pointKey } from "../results/point.ts";
import type { ChosenOfRun } from "../steps/choose_of_run.ts";

export function choiceOfRunText({ ks, choices, outcomes }: ChosenOfRun): string {
  const places = Map.groupBy(outcomes, ({ title }) => title);
  const lines = [...places].flatMap(([title, ofPlace]) => {
    const { arm, at } = ofPlace[0]!;
    const own = choices.filter((one) => one.arm === arm && pointKey(one.at) === pointKey(at));
    return [
      title,
      ...own.map(({ seed, k }) =>
        `  seed ${seed}: K = ${k.toLocaleString("en")} of ${ks.join(", ")}`
      ),
      row("  percent correct, mean over seeds", ["chosen", "best K", "score", "any K"]),
      ...ofPlace.map(({ target, chosen, best, any }) =>
        row(`  ${target.title}`, [
          formatScore(chosen),
          best.k.toLocaleString("en"),
          ...[best.score, any].map(formatScore),
        ])
      ),
      "",
    ];
  });
  const mean = (of: (outcome: KOutcome) => number) => formatSigned(estimate(outcomes.map(of)).mean);
  return [
    ...lines,
    `On the whole the chosen K scores ${
      mean(({ chosen, best }) => chosen - best.score)
    } against the best, ` +
    `which is known from the test rows alone, and ${
      mean(({ chosen, any }) => chosen - any)
    } against any.`,
  ].join("\n");
}

const row = (label: string, cells: readonly string[]) =>
  label.padEnd(46) + cells.map((cell) => cell.padStart(8)).join("");
