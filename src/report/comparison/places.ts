/** Where networks of several runs stand beside each other. */
import type { Point } from "../../results/point.ts";
import { sortPoints } from "../../results/select.ts";
import type { ArmFacts, Axis, Study } from "../../results/study.ts";
import { titleAt } from "../../results/words.ts";

/** The rows of a comparison. */
export interface Places {
  /** A place for whatever an arm is at: `at` with those axes only on which a run has several values. Runs with one
   * value each, K 20 and K 40, so share a row: what tells them apart is their config. */
  rowOf(arm: string, at: Point): Row;
  /** By arm, then by point. */
  sort<R extends Row>(rows: readonly R[]): R[];
}

export interface Row {
  /** Id of the arm. */
  readonly arm: string;
  readonly at: Point;
  /** `Ncf, K 400`. */
  readonly title: string;
  /** `Ncf` */
  readonly armTitle: string;
}

/** Of the studies of runs; those that have none name their arms by id. */
export function placesOf(studies: readonly (Study | undefined)[]): Places {
  const known = studies.filter((study) => study !== undefined);
  const axes = sharedAxes(known);
  const arms = new Map<string, ArmFacts>();
  for (const arm of known.flatMap(({ arms }) => arms)) {
    if (!arms.has(arm.id)) arms.set(arm.id, arm);
  }
  const order = [...arms.keys()];
  return {
    rowOf(arm, at) {
      const own = Object.fromEntries(
        axes.flatMap(({ name }) => at[name] === undefined ? [] : [[name, at[name]]]),
      );
      const { title } = arms.get(arm) ?? { title: arm };
      return { arm, at: own, title: titleAt({ title }, own, axes), armTitle: title };
    },
    sort(rows) {
      const groups = Map.groupBy(rows, ({ arm }) => arm);
      const known = [...groups.keys()].toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
      return known.flatMap((arm) => {
        const ofArm = groups.get(arm)!;
        const points = sortPoints(ofArm.map(({ at }) => at), axes);
        return points.map((point) => ofArm.find(({ at }) => at === point)!);
      });
    },
  };
}

/** The axes on which one of the runs has several values, with the values of all. */
function sharedAxes(studies: readonly Study[]): Axis[] {
  const all = Map.groupBy(studies.flatMap(({ axes }) => axes), ({ name }) => name);
  return [...all.values()]
    .filter((same) => same.some(({ values }) => values.length > 1))
    .map((same) => {
      const values = [...new Set(same.flatMap(({ values }) => values))];
      const numbers = values.filter((value) => typeof value === "number");
      const sorted = numbers.length < values.length ? values : numbers.toSorted((a, b) => a - b);
      return { ...same[0]!, values: sorted };
    });
}
