/** Linear probes of each layer (the paper's Figure 4): bars with the spread over seeds. */
import { networks, type Summary } from "../../method/summary.ts";
import { markOf } from "../convergence.ts";
import { estimate, formatScore } from "../estimate.ts";
import { type Chart, chartWidth, networkColor, networkTitles } from "./chart.ts";

export function layerwiseChart({ layerwise, targets }: Summary): Chart {
  const target = targets.find(({ name }) => name === layerwise.target);
  const bars = layerwise.layers.flatMap((layer, at) =>
    networks.map((network) => {
      const { mean, spread = 0 } = estimate(layerwise.scores[network].map((scores) => scores[at]!));
      const [low, high] = [mean - spread, mean + spread];
      const failed = layerwise.notConverged.filter((probe) => probe.layer === layer);
      const text = formatScore(mean) + markOf(failed, network);
      return { layer, network, mean, low, high, text };
    })
  );
  const y = { field: "layer", type: "nominal", sort: null, title: null } as const;
  const yOffset = { field: "network", type: "nominal", sort: [...networks] } as const;
  const quantity = (field: string) => ({ field, type: "quantitative" } as const);
  return {
    title: `Linear probe of each layer: ${target?.title ?? layerwise.target} (%)`,
    description: bars.map(({ layer, network, text }) =>
      `${layer} ${networkTitles[network]} ${text}`
    ).join(", "),
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
            color: networkColor,
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
