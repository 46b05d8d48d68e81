/** The figure of the paper that shows transfer layer by layer. */
import type { Axis } from "../../results/study.ts";
import type { Summary } from "../../results/summary.ts";
import { drawAlong } from "./along.ts";
import { defineFigure } from "./figure.ts";

/** Layers of the teacher and of the candidate, pooled to about as many numbers each (section 4.2). */
export const figure4 = defineFigure({
  arms: ["teacher", "candidate"],
  axes: [],
  draw(summary, { arms: { teacher, candidate } }) {
    const { measurements, axis } = alongLayers(summary);
    const arms = [teacher, candidate].map((arm) => ({ ...arm, axes: [...arm.axes, axis.name] }));
    return drawAlong({ ...summary, measurements }, axis, arms, [], "each layer");
  },
});

/** The scores of pooled layers, at points of an axis of layers, the first to the last. */
function alongLayers({ measurements }: Summary): Pick<Summary, "measurements"> & { axis: Axis } {
  const pooled = measurements.filter(({ budget }) => budget !== null);
  const values = [...new Set(pooled.map(({ layer }) => layer))];
  return {
    axis: { name: "layer", title: "layer", unit: "", values },
    // each is what is compared at its point
    measurements: pooled.map((one) => ({
      ...one,
      best: true,
      at: { ...one.at, layer: one.layer },
    })),
  };
}
