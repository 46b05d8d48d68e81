/** A candidate against each teacher and control, on one target at one point. */
import { type Estimate, estimate } from "./estimate.ts";
import type { Measurement } from "./measurement.ts";
import { type BySeed, type Difference, pairedDifference } from "./paired.ts";
import { agree, type Point, pointKey, samePoint } from "./point.ts";
import { comparedScores, pointsOf, sortPoints } from "./select.ts";
import type { ArmFacts } from "./study.ts";
import type { MeasuredTarget, Summary } from "./summary.ts";

/** A candidate wins where it is above every teacher and control by more than the margin, and loses where one
 * of them is as far above it. Anything else is open. */
export type Outcome = "won" | "lost" | "open";

/** What one arm scored. */
export interface ArmScore {
  readonly arm: ArmFacts;
  /** One per seed. */
  readonly measurements: readonly Measurement[];
  /** Over those seeds; absent where there is none. */
  readonly estimate?: Estimate;
}

export interface Rival extends ArmScore {
  /** Candidate minus this arm, paired by seed; absent where no seed has both. */
  readonly gain?: Difference;
}

/** `scores`: those of the rivals, then the candidate's. */
export interface Contrast extends ScoreRow {
  readonly candidate: ArmScore;
  /** Every teacher and control, in the order of the study. */
  readonly rivals: readonly Rival[];
  readonly outcome: Outcome;
}

export const candidatesOf = (arms: readonly ArmFacts[]): ArmFacts[] =>
  arms.filter(({ role }) => role === "candidate");

export const rivalsOf = (arms: readonly ArmFacts[]): ArmFacts[] =>
  arms.filter(({ role }) => role !== "candidate");

/** Scores that stand beside each other: on one target, at points that agree. */
export interface ScoreRow {
  readonly target: MeasuredTarget;
  /** The axes of all the arms. */
  readonly at: Point;
  /** In the order of the arms asked for. */
  readonly scores: readonly ArmScore[];
}

/** By target, then by point. The first arm stands at each of its points, the others at those that agree with it
 * on the axes that both have; one with an axis of its own makes a row for each of its values. */
export function scoreRows(summary: Summary, arms: readonly ArmFacts[]): ScoreRow[] {
  const points = joinedPoints(summary, arms);
  return summary.targets.flatMap((target) => {
    const measured = arms.map((arm) => comparedScores(summary, arm.id, target.name));
    return points.map((at) => ({
      target,
      at,
      scores: arms.map((arm, index) => armScore(arm, measured[index]!, at)),
    }));
  });
}

/** A contrast for each row of the candidate beside every teacher and control. */
export function contrasts(summary: Summary, candidate: ArmFacts): Contrast[] {
  const rows = scoreRows(summary, [candidate, ...rivalsOf(summary.study.arms)]);
  return rows.map(({ target, at, scores: [own, ...others] }) => {
    const rivals = others.map((other) => against(own!, other, target.test));
    const scores = [...rivals, own!];
    return { target, at, scores, candidate: own!, rivals, outcome: outcomeOf(rivals) };
  });
}

function valuesBySeed(measurements: readonly Measurement[]): BySeed {
  return new Map(measurements.map(({ seed, value }) => [seed, value]));
}

function against(candidate: ArmScore, other: ArmScore, testRows: number): Rival {
  const [own, theirs] = [candidate, other].map(({ measurements }) => valuesBySeed(measurements));
  const gain = pairedDifference(own!, theirs!, testRows);
  return { ...other, ...(gain && { gain }) };
}

function outcomeOf(rivals: readonly Rival[]): Outcome {
  if (rivals.some(({ gain }) => gain?.sign === -1)) return "lost";
  return rivals.length > 0 && rivals.every(({ gain }) => gain?.sign === 1) ? "won" : "open";
}

/** What an arm scored at a point: its scores that agree with it. */
export function armScore(arm: ArmFacts, scores: readonly Measurement[], at: Point): ArmScore {
  const measurements = scores.filter((score) => agree(score.at, at));
  if (measurements.length === 0) return { arm, measurements };
  return { arm, measurements, estimate: estimate(measurements.map(({ value }) => value)) };
}

/** Each combination of points of the arms in which all agree. The first arm has to be in it; another that is
 * nowhere at such a point is left out of the combination. */
export function joinedPoints(summary: Summary, [first, ...others]: readonly ArmFacts[]): Point[] {
  let joined = first ? pointsOf(summary, first.id) : [];
  for (const { id } of others) {
    const points = pointsOf(summary, id);
    joined = joined.flatMap((at) => {
      const matching = points.filter((point) => agree(point, at));
      return matching.length === 0 ? [at] : matching.map((point) => ({ ...at, ...point }));
    });
  }
  const distinct = new Map(joined.map((point) => [pointKey(point), point]));
  return sortPoints([...distinct.values()], summary.study.axes);
}

/** All that rows were made of. */
export function measurementsOf(rows: readonly Pick<ScoreRow, "scores">[]): Measurement[] {
  return rows.flatMap(({ scores }) => scores.flatMap(({ measurements }) => measurements));
}

/** Whether they stand at more than one point. */
export function hasPoints(rows: readonly { readonly at: Point }[]): boolean {
  return rows.some(({ at }) => !samePoint(at, rows[0]!.at));
}
