/** What runs measured on targets, side by side, and how each differs from the first one. */
import { estimate } from "../../results/estimate.ts";
import type { Measurement } from "../../results/measurement.ts";
import { pairedDifference } from "../../results/paired.ts";
import { pointKey } from "../../results/point.ts";
import { baselineOf, comparedScores } from "../../results/select.ts";
import type { MeasuredTarget, Summary } from "../../results/summary.ts";
import type { ComparedRun } from "./compared_run.ts";
import type { ComparedGain, ComparedScore, ScoreComparison } from "./comparison.ts";
import { placesOf, type Row } from "./places.ts";

/** What one run measured in one row. */
interface Cell extends Row {
  readonly run: number;
  readonly target: MeasuredTarget;
  readonly measurements: readonly Measurement[];
}

/** By target and metric in the order of the first run that has them, then by arm and point: the scores that the tables
 * of each run show. */
export function compareScores(runs: readonly ComparedRun[]): ScoreComparison[] {
  const places = placesOf(runs.map(({ study }) => study));
  const cells = runs.flatMap(({ summary }, run) =>
    summary ? cellsOf(summary, run, places.rowOf) : []
  );
  const targets = Map.groupBy(cells, ({ target: { name, metric } }) => `${name} ${metric}`);
  return [...targets.values()].flatMap((onTarget) => {
    const rows = Map.groupBy(onTarget, ({ arm, at }) => `${arm} ${pointKey(at)}`);
    return places.sort(
      [...rows.values()].map((row) =>
        rowOf(row, runs.map((_, run) => row.find((one) => one.run === run)))
      ),
    );
  });
}

function cellsOf(
  summary: Summary,
  run: number,
  rowOf: (arm: string, at: Row["at"]) => Row,
): Cell[] {
  return summary.targets.flatMap((target) =>
    summary.study.arms.flatMap(({ id }) => {
      const scores = comparedScores(summary, id, target.name);
      const points = Map.groupBy(scores, ({ at }) => pointKey(at));
      return [...points.values()].map((measurements) => ({
        ...rowOf(id, measurements[0]!.at),
        ...{ run, target, measurements },
      }));
    })
  );
}

function rowOf([one]: readonly Cell[], cells: readonly (Cell | undefined)[]): ScoreComparison {
  const { arm, at, title, armTitle, target } = one!;
  const [first, ...others] = cells;
  return {
    ...{ arm, at, title, armTitle },
    ...{ target: target.name, targetTitle: target.title, metric: target.metric },
    scores: cells.map((cell) => cell ? scoreOf(cell) : null),
    gains: [null, ...others.map((other) => first && other ? gainOver(first, other) : null)],
  };
}

function scoreOf({ measurements, target }: Cell): ComparedScore {
  const { mean, spread = null } = estimate(measurements.map(({ value }) => value));
  return {
    ...{ mean, spread },
    values: measurements.map(({ seed, value }) => ({ seed, value })),
    layer: measurements[0]!.layer,
    testRows: target.test,
    baseline: baselineOf(measurements),
    converged: measurements.every(({ converged }) => converged !== false),
  };
}

/** Null where no seed has both, or where they were tested on other rows. */
function gainOver(first: Cell, other: Cell): ComparedGain | null {
  if (!haveSameTest(first, other)) return null;
  const [before, after] = [first, other].map(({ measurements }) =>
    new Map(measurements.map(({ seed, value }) => [seed, value]))
  );
  const difference = pairedDifference(after!, before!, first.target.test);
  if (!difference) return null;
  const { mean, spread = null, seeds, margin, sign } = difference;
  const equal = seeds.every((seed) => after!.get(seed) === before!.get(seed));
  const verdict = equal ? "equal" : verdicts[sign];
  return { mean, spread, seeds: [...seeds], margin, verdict };
}

const verdicts = { [-1]: "lower", 0: "undecided", 1: "higher" } as const;

/** Whether two runs can have been tested on the same rows: as many, of as many classes, of which a constant answer
 * gets as many right. */
function haveSameTest(a: Cell, b: Cell): boolean {
  return a.target.test === b.target.test && a.target.classes === b.target.classes &&
    baselineOf(a.measurements) === baselineOf(b.measurements);
}
