/** Histogram of cluster sizes: how many clusters hold how many images. */
import { count } from "../../results/count.ts";
import { samePoint } from "../../results/point.ts";
import type { Clustering, Summary } from "../../results/summary.ts";
import { pointText } from "../../results/words.ts";
import { armColours } from "../colours.ts";
import { type Chart, chartWidth } from "./chart.ts";

export interface Bin {
  readonly from: number;
  readonly to: number;
  /** Clusters in [from, to), mean over seeds. */
  readonly clusters: number;
}

/** At most `most` bins of one whole width, from 0 up to the largest cluster. */
export function binSizes(clusterings: readonly { sizes: readonly number[] }[], most = 40): Bin[] {
  const sizes = clusterings.flatMap((clustering) => clustering.sizes);
  if (sizes.length === 0) return [];
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const width = Math.ceil((largest + 1) / most);
  const counts = new Array<number>(Math.ceil((largest + 1) / width)).fill(0);
  for (const size of sizes) counts[Math.floor(size / width)]! += 1;
  return counts.map((n, at) => ({
    from: at * width,
    to: (at + 1) * width,
    clusters: n / clusterings.length,
  }));
}

/** Of the arm and the point of one clustering, over all seeds. */
export function clusterSizesChart({ clusterings, study }: Summary, shown: Clustering): Chart {
  const alike = clusterings.filter(({ arm, at }) => arm === shown.arm && samePoint(at, shown.at));
  const bins = binSizes(alike);
  const fullest = bins.reduce((best, bin) => bin.clusters > best.clusters ? bin : best);
  const mean = alike.length > 1 ? ", mean over seeds" : "";
  const where = pointText(shown.at, study.axes);
  return {
    title: `Clusters by size (number of clusters${mean})${where && ` at ${where}`}`,
    description: `${count(bins.length, "bin")} from 0 to ${bins.at(-1)!.to} images; ` +
      `the fullest holds clusters of ${fullest.from} to ${fullest.to - 1} images.`,
    spec: {
      width: chartWidth,
      height: 300,
      data: { values: bins },
      mark: { type: "bar", color: armColours(study.arms).get(shown.arm) ?? "var(--accent)" },
      encoding: {
        x: {
          field: "from",
          bin: { binned: true },
          type: "quantitative",
          title: "images in the cluster",
          axis: { tickCount: 8, format: "d" },
        },
        x2: { field: "to" },
        y: { field: "clusters", type: "quantitative", title: null, axis: { tickCount: 5 } },
      },
    },
  };
}
