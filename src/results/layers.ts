/** Scores of several layers of a network beside each other (the paper's Figure 4). */
import { type ArmScore, armScore } from "./contrast.ts";
import type { Measurement } from "./measurement.ts";
import type { Point } from "./point.ts";
import { pointsOf, select } from "./select.ts";
import type { MeasuredTarget, Summary } from "./summary.ts";

export interface LayerScores {
  readonly target: MeasuredTarget;
  /** Numbers that each layer was pooled to at most; null: global average. */
  readonly budget: number | null;
  readonly layers: readonly string[];
  /** Of each arm at each of its points. */
  readonly networks: readonly {
    readonly at: Point;
    /** In the order of `layers`. */
    readonly scores: readonly ArmScore[];
  }[];
}

/** One for each target and budget at which more than one layer of a network was probed. */
export function layerScores(summary: Summary): LayerScores[] {
  const { measurements, targets, study } = summary;
  return targets.flatMap((target) => {
    const { name, metric } = target;
    const scores = select(measurements, { target: name, metric, part: "test" });
    const budgets = [...new Set(scores.map(({ budget }) => budget))];
    return budgets.flatMap((budget): LayerScores[] => {
      const pooled = select(scores, { budget });
      const layersIn = (scores: readonly Measurement[]) => [
        ...new Set(scores.map(({ layer }) => layer)),
      ];
      const most = Math.max(
        ...study.arms.map(({ id }) => layersIn(select(pooled, { arm: id })).length),
      );
      if (most < 2) return [];
      const layers = layersIn(pooled);
      const networks = study.arms.flatMap((arm) =>
        pointsOf(summary, arm.id)
          .filter((at) => select(pooled, { arm: arm.id, at }).length > 0)
          .map((at) => ({
            at,
            scores: layers.map((layer) =>
              armScore(arm, select(pooled, { arm: arm.id, layer }), at)
            ),
          }))
      );
      return [{ target, budget, layers, networks }];
    });
  });
}
