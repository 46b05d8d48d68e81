/** Histogram of cluster sizes: how many clusters hold how many images. */
import type { Summary } from "../../method/summary.ts";
import { count } from "../count.ts";
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

export function clusterSizesChart({ clusters, seeds }: Pick<Summary, "clusters" | "seeds">): Chart {
  const bins = binSizes(clusters);
  const mode = bins.reduce((best, bin) => bin.clusters > best.clusters ? bin : best, bins[0]!);
  return {
    title: `Clusters by size (number of clusters${seeds.length > 1 ? ", mean over seeds" : ""})`,
    description: `${count(bins.length, "bin")} from 0 to ${bins.at(-1)!.to} images; ` +
      `the fullest holds clusters of ${mode.from} to ${mode.to - 1} images.`,
    spec: {
      width: chartWidth,
      height: 300,
      data: { values: bins },
      mark: { type: "bar", color: "var(--ncf)" },
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
