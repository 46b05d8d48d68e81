/** Linear probes of each layer (the paper's Figure 4): bars with the spread over seeds. */
import { formatScore } from "../../results/estimate.ts";
import type { LayerScores } from "../../results/layers.ts";
import { pointKey } from "../../results/point.ts";
import type { Study } from "../../results/study.ts";
import { titleAt } from "../../results/words.ts";
import { markOf } from "../convergence.ts";
import { armColour, type Chart, chartWidth } from "./chart.ts";

/** More bars than this for each layer are left to the table. */
export const mostBars = 6;

export function layerwiseChart({ target, layers, networks }: LayerScores, study: Study): Chart {
  const bars = networks.flatMap(({ at, scores }) =>
    scores.flatMap(({ arm, estimate, measurements }, index) => {
      if (!estimate) return [];
      const { mean, spread = 0 } = estimate;
      const network = `${arm.id} ${pointKey(at)}`;
      const title = titleAt(arm, at, study.axes);
      const text = formatScore(mean) + markOf(measurements);
      const [low, high] = [mean - spread, mean + spread];
      return [{ layer: layers[index]!, arm: arm.id, network, title, mean, low, high, text }];
    })
  ).toSorted((a, b) => layers.indexOf(a.layer) - layers.indexOf(b.layer));
  const y = { field: "layer", type: "nominal", sort: null, title: null } as const;
  const yOffset = { field: "network", type: "nominal", sort: null } as const;
  const quantity = (field: string) => ({ field, type: "quantitative" } as const);
  return {
    title: `Linear probe of each layer: ${target.title} (%)`,
    description: bars.map(({ layer, title, text }) => `${layer} ${title} ${text}`).join(", "),
    spec: {
      width: chartWidth,
      height: 300,
      data: { values: bars },
      encoding: { y: { ...y, axis: { domain: false }, scale: { paddingInner: 0.25 } }, yOffset },
      layer: [
        {
          mark: "bar",
          encoding: {
            x: { ...quantity("mean"), title: null, axis: { tickCount: 5, grid: true } },
            color: armColour(study.arms),
          },
        },
        {
          mark: { type: "rule", color: "var(--ink)", strokeWidth: 1.25 },
          encoding: { x: quantity("low"), x2: { field: "high" } },
        },
        {
          mark: { type: "text", align: "left", dx: 5, fontSize: 11, color: "var(--ink)" },
          encoding: { x: quantity("high"), text: { field: "text", type: "nominal" } },
        },
      ],
    },
  };
}
