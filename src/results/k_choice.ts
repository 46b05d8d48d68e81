/** How close numbers of clusters that were chosen without labels come to the best ones: what each would have scored. */
import { estimate } from "./estimate.ts";
import { type Point, pointKey } from "./point.ts";
import { comparedScores } from "./select.ts";
import type { MeasuredTarget, Summary } from "./summary.ts";
import { titleAt } from "./words.ts";

/** The axis of numbers of clusters, as experiments call it. */
export const clusterAxis = "k";

/** What was chosen for the clusters of one arm. */
export interface KChoice {
  readonly arm: string;
  readonly seed: number;
  /** On other axes. */
  readonly at: Point;
  readonly k: number;
}

/** Scores on one target, means over seeds. */
export interface KOutcome {
  readonly arm: string;
  /** Of the arm, at its place: "Ncf, label noise 50%". */
  readonly title: string;
  readonly at: Point;
  readonly target: MeasuredTarget;
  /** Of the number that was chosen for each seed. */
  readonly chosen: number;
  /** Of the number that scores best in the mean: found with the labels of the test rows. */
  readonly best: { readonly k: number; readonly score: number };
  /** Of any number, at random: the mean over all. */
  readonly any: number;
}

/** For each arm, place on other axes and target; nothing where a number that was chosen from has no score. */
export function kOutcomes(
  summary: Pick<Summary, "measurements" | "targets" | "study">,
  choices: readonly KChoice[],
  ks: readonly number[],
): KOutcome[] {
  const places = Map.groupBy(choices, ({ arm, at }) => `${arm} ${pointKey(at)}`);
  return [...places.values()].flatMap((chosen) => {
    const { arm, at } = chosen[0]!;
    const { arms, axes } = summary.study;
    const title = titleAt(arms.find(({ id }) => id === arm)!, at, axes);
    return summary.targets.flatMap((target) => {
      const found = new Map(
        comparedScores(summary, arm, target.name)
          .map(({ seed, at, value }) => [`${seed} ${pointKey(at)}`, value]),
      );
      const scoreOf = (seed: number, k: number) =>
        found.get(`${seed} ${pointKey({ ...at, [clusterAxis]: k })}`);
      const table = ks.map((k) => chosen.map(({ seed }) => scoreOf(seed, k)));
      const scores = chosen.map(({ seed, k }) => scoreOf(seed, k));
      if (![...table, scores].every(isWhole)) return [];
      const means = table.map((row) => estimate(row as number[]).mean);
      const best = means.indexOf(Math.max(...means));
      return [{
        ...{ arm, title, at, target, any: estimate(means).mean },
        chosen: estimate(scores as number[]).mean,
        best: { k: ks[best]!, score: means[best]! },
      }];
    });
  });
}

function isWhole(scores: readonly (number | undefined)[]): scores is readonly number[] {
  return scores.every((score) => score !== undefined);
}
