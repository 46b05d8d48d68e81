/** Measures of features alone, of all arms beside each other: they need no labels, and claim nothing of transfer. */
import { type ArmScore, armScore, joinedPoints } from "./contrast.ts";
import type { Measurement } from "./measurement.ts";
import type { Point } from "./point.ts";
import type { Summary } from "./summary.ts";

export const effectiveRankMetric = "effective-rank";
export const neighbourAgreementMetric = "neighbour-agreement";

/** What one measure says of every arm, at points that agree. */
export interface FeatureRow {
  readonly metric: string;
  /** For people: "Effective rank". */
  readonly title: string;
  /** Id of the arm that features are compared with; null where they stand alone. */
  readonly reference: string | null;
  readonly at: Point;
  /** In the order of the study's arms. */
  readonly scores: readonly ArmScore[];
}

/** What the measures are, for people. */
export const featureNote = "Effective rank: how many dimensions the features make use of (of the " +
  "last layer, on the unlabelled images). Shared neighbours: percent of the 10 nearest images by " +
  "cosine that both networks agree on. Neither says how well features transfer.";

/** By measure, then by point; none where none was made. What stands alone comes before what is compared with an arm,
 * and those in the order of the study, whichever was measured first. */
export function featureRows(summary: Summary): FeatureRow[] {
  const { arms } = summary.study;
  const measured = summary.measurements.filter(({ target }) => target === null);
  const kinds = Map.groupBy(measured, ({ metric, reference = "" }) => `${metric} ${reference}`);
  const placeOf = ([first]: readonly Measurement[]) =>
    arms.findIndex(({ id }) => id === first!.reference);
  const inOrder = [...kinds.values()].toSorted((a, b) => placeOf(a) - placeOf(b));
  const points = joinedPoints(summary, arms);
  return inOrder.flatMap((measurements) => {
    const { metric, reference = null } = measurements[0]!;
    return points.map((at): FeatureRow => ({
      ...{ metric, title: titleOf(summary, measurements[0]!), reference, at },
      scores: arms.map((arm) =>
        armScore(arm, measurements.filter((one) => one.arm === arm.id), at)
      ),
    }));
  });
}

function titleOf({ study }: Summary, { metric, reference }: Measurement): string {
  const other = study.arms.find(({ id }) => id === reference)?.title ?? reference;
  if (metric === effectiveRankMetric) return "Effective rank";
  if (metric === neighbourAgreementMetric) return `Neighbours shared with ${other}`;
  return other === undefined ? metric : `${metric}, ${other}`;
}
