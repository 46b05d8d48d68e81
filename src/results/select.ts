/** Which measurements belong together. */
import type { Measurement } from "./measurement.ts";
import { type Point, pointKey, samePoint } from "./point.ts";
import type { Axis } from "./study.ts";
import type { Summary } from "./summary.ts";

/** What a measurement has to be; a field that is left out may be anything. `at` is the whole point. */
export type Selection = Readonly<
  Partial<Omit<Measurement, "value" | "converged" | "evaluations" | "chosen">>
>;

export function select(
  measurements: readonly Measurement[],
  { at, ...fields }: Selection,
): Measurement[] {
  const wanted = Object.entries(fields) as [keyof Measurement, unknown][];
  return measurements.filter((one) =>
    wanted.every(([field, value]) => one[field] === value) && (!at || samePoint(one.at, at))
  );
}

type Measured = Pick<Summary, "measurements" | "targets">;

/** The scores that tables and claims speak of: those of one arm on the test part of a target, by the target's
 * own metric; of the layer that was chosen as the best one, else at the last layer among those taken by their global
 * average. One for each point and seed: of several probes, the one measured first. */
export function comparedScores(
  summary: Measured,
  arm: string,
  target: string,
): Measurement[] {
  const scores = testScores(summary, arm, target);
  const best = select(scores, { best: true });
  return firstOfEach(best.length > 0 ? best : atLastLayer(select(scores, { budget: null })));
}

/** Those of one layer among the layers that were pooled and probed beside each other, by the target's own metric. */
export function pooledScores(
  summary: Measured,
  arm: string,
  target: string,
  layer: string,
): Measurement[] {
  const scores = select(testScores(summary, arm, target), { layer });
  return firstOfEach(scores.filter(({ budget }) => budget !== null));
}

/** By the target's own metric, of every layer. */
function testScores(
  { measurements, targets }: Measured,
  arm: string,
  target: string,
): Measurement[] {
  const metric = targets.find(({ name }) => name === target)?.metric;
  return metric === undefined ? [] : select(measurements, { arm, target, metric, part: "test" });
}

function atLastLayer(scores: readonly Measurement[]): Measurement[] {
  const last = scores.at(-1)?.layer;
  return scores.filter(({ layer }) => layer === last);
}

/** One for each point and seed. */
function firstOfEach(scores: readonly Measurement[]): Measurement[] {
  const places = Map.groupBy(scores, ({ seed, at }) => `${seed} ${pointKey(at)}`);
  return [...places.values()].map(([first]) => first!);
}

/** What a constant answer scores, of the first that says it; null where none does. */
export function baselineOf(measurements: readonly Measurement[]): number | null {
  return measurements.find(({ baseline }) => baseline !== null)?.baseline ?? null;
}

/** Every point at which an arm was measured, trained or is missing, by the axes in the experiment's order. */
export function pointsOf(
  { measurements, networks, missing, study }: Pick<
    Summary,
    "measurements" | "networks" | "missing" | "study"
  >,
  arm: string,
): Point[] {
  const seen = [measurements, networks, missing].flatMap((list) =>
    (list as readonly { arm: string; at: Point }[]).filter((one) => one.arm === arm)
  );
  const points = new Map(seen.map(({ at }) => [pointKey(at), at]));
  return sortPoints([...points.values()], study.axes);
}

/** By the first axis, then by the next, each in the order of its values. */
export function sortPoints(points: readonly Point[], axes: readonly Axis[]): Point[] {
  return points.toSorted((a, b) => {
    for (const { name, values } of axes) {
      const order = values.indexOf(a[name]!) - values.indexOf(b[name]!);
      if (order !== 0) return order;
    }
    return 0;
  });
}
