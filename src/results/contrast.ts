/** A candidate against each teacher and control, on one target at one point. */
import { type Estimate, estimate } from "./estimate.ts";
import type { Measurement } from "./measurement.ts";
import { type BySeed, type Difference, pairedDifference } from "./paired.ts";
import { agree, type Point, pointKey, samePoint } from "./point.ts";
import { lastLayerScores, pointsOf, sortPoints } from "./select.ts";
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

export interface Contrast {
  readonly target: MeasuredTarget;
  /** The axes of the candidate, and those of its rivals. */
  readonly at: Point;
  readonly candidate: ArmScore;
  /** Every teacher and control, in the order of the study. */
  readonly rivals: readonly Rival[];
  readonly outcome: Outcome;
}

export const candidatesOf = (arms: readonly ArmFacts[]): ArmFacts[] =>
  arms.filter(({ role }) => role === "candidate");

export const rivalsOf = (arms: readonly ArmFacts[]): ArmFacts[] =>
  arms.filter(({ role }) => role !== "candidate");

/** By target, then by point. Rivals stand at the points that agree with the candidate's on the axes that both
 * have; a rival with an axis of its own makes a contrast for each of its values. */
export function contrasts(summary: Summary, candidate: ArmFacts): Contrast[] {
  const rivals = rivalsOf(summary.study.arms);
  const points = joinedPoints(summary, [candidate, ...rivals]);
  return summary.targets.flatMap((target) => {
    const scoresOf = (arm: ArmFacts) => lastLayerScores(summary, arm.id, target.name);
    const own = scoresOf(candidate);
    const others = rivals.map((arm) => ({ arm, scores: scoresOf(arm) }));
    return points.map((at) => {
      const score = armScore(candidate, own, at);
      return against(target, at, score, others.map(({ arm, scores }) => armScore(arm, scores, at)));
    });
  });
}

export function valuesBySeed(measurements: readonly Measurement[]): BySeed {
  return new Map(measurements.map(({ seed, value }) => [seed, value]));
}

function against(
  target: MeasuredTarget,
  at: Point,
  candidate: ArmScore,
  others: readonly ArmScore[],
): Contrast {
  const rivals = others.map((rival): Rival => {
    const [own, theirs] = [candidate, rival].map(({ measurements }) => valuesBySeed(measurements));
    const gain = pairedDifference(own!, theirs!);
    return { ...rival, ...(gain && { gain }) };
  });
  return { target, at, candidate, rivals, outcome: outcomeOf(rivals) };
}

function outcomeOf(rivals: readonly Rival[]): Outcome {
  if (rivals.some(({ gain }) => gain?.sign === -1)) return "lost";
  return rivals.length > 0 && rivals.every(({ gain }) => gain?.sign === 1) ? "won" : "open";
}

function armScore(arm: ArmFacts, scores: readonly Measurement[], at: Point): ArmScore {
  const measurements = scores.filter((score) => agree(score.at, at));
  if (measurements.length === 0) return { arm, measurements };
  return { arm, measurements, estimate: estimate(measurements.map(({ value }) => value)) };
}

/** Each combination of points of the arms in which all agree. The first arm has to be in it; another that is
 * nowhere at such a point is left out of the combination. */
function joinedPoints(summary: Summary, [first, ...others]: readonly ArmFacts[]): Point[] {
  let joined = pointsOf(summary, first!.id);
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

/** Whether a study compares at more than one place. */
export function hasPoints(contrasts: readonly Contrast[]): boolean {
  return contrasts.some(({ at }) => !samePoint(at, contrasts[0]!.at));
}
