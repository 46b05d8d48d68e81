/** The training curves of runs, by what they are trained on. */
import type { ComparedRun } from "./compared_run.ts";
import { type ComparedCurve, runLetter } from "./comparison.ts";
import { placesOf } from "./places.ts";

/** By run, arm and point, then by seed. */
export function compareCurves(runs: readonly ComparedRun[]): ComparedCurve[] {
  const places = placesOf(runs.map(({ study }) => study));
  return runs.flatMap(({ study, curves }, run) => {
    const all = curves.map(({ arm, at, seed, points }): ComparedCurve => ({
      ...places.rowOf(arm, at),
      ...{ run, task: study?.arms.find(({ id }) => id === arm)?.task ?? "", seed },
      points: [...points],
    }));
    return places.sort(all.toSorted((a, b) => a.seed - b.seed));
  });
}

/** Networks that are one line of a legend. */
export interface CurveGroup {
  /** `Ncf, K 400`. */
  readonly title: string;
  /** Letters of the runs that have these curves. */
  readonly runs: readonly string[];
  /** One for each seed. */
  readonly curves: readonly ComparedCurve[];
}

/** Curves of a run that differ in their seed alone are together, and with them those of other runs that are the same:
 * of one network that both stand on. */
export function curveGroups(curves: readonly ComparedCurve[]): CurveGroup[] {
  const networks = Map.groupBy(curves, ({ run, title }) => `${run} ${title}`);
  const same = Map.groupBy(
    networks.values(),
    (seeds) => JSON.stringify([seeds[0]!.title, seeds.map(({ points }) => points)]),
  );
  return [...same.values()].map((groups) => {
    const [curves] = groups;
    const runs = groups.map(([first]) => runLetter(first!.run));
    return { title: curves![0]!.title, runs, curves: curves! };
  });
}
