/** k-means: seconds of its start and of an iteration, measured on features of the right shape. */
import type { Node } from "../../pipeline/graph.ts";
import type { Services } from "../services.ts";
import type { ClusterConfig } from "../stages/cluster.ts";
import type { Cost, Estimating, Estimator, Sample } from "./estimator.ts";
import { featuresOf, secondsOf, tensorsOf } from "./synthetic.ts";

/** Iterations of plain k-means that one under a cap takes, about: rows bid some ten times, in float64. */
const underCap = 30;

type Placed = Pick<ClusterConfig, "engine" | "device" | "threads">;

/** Products of a row's and a centroid's numbers in one iteration of the sample, at most. */
const mostProducts = 4e9;
/** Numbers of the sample's features, at most. */
const mostNumbers = 8e6;

export const clusterEstimator: Estimator = {
  stages: ["cluster", "cluster-per-label"],
  shape: (node) => Promise.resolve({ classes: (node.config as ClusterConfig).k }),
  async cost(node, known) {
    const { k, iterations, subsample, maxSize, balance } = node.config as ClusterConfig;
    const { rows, dimensions } = await known.shapeOf(node, "features", "features");
    const labels = "labels" in node.inputs
      ? (await known.shapeOf(node, "labels", "labels")).classes
      : 1;
    // clusters within each label: a row is compared with those of its own label
    const near = Math.min(rows, Math.ceil(k / labels));
    const capped = maxSize === undefined && balance === undefined ? 1 : 1 + underCap;
    const before = subsample ? subsample.iterations * Math.min(1, subsample.rows / rows) : 0;
    return {
      seconds: await clusteringSeconds(
        node,
        known,
        { rows, k: near, dimensions },
        iterations * capped + before,
      ),
      ...clusteringRoom({ rows, k, dimensions }),
    };
  },
};

/** What is clustered. */
interface Size {
  readonly rows: number;
  readonly k: number;
  readonly dimensions: number;
}

/** Bytes. */
export function clusteringRoom({ rows, k, dimensions }: Size): Pick<Cost, "memory" | "disk"> {
  const normalised = 4 * rows * dimensions;
  return { memory: 2 * normalised, disk: 8 * rows + 4 * k * dimensions };
}

/** Of so many iterations, by what the config of a node says of its clustering. */
export async function clusteringSeconds(
  node: Node<string, Services>,
  known: Estimating,
  { rows, k, dimensions }: Size,
  iterations: number,
): Promise<number> {
  const { engine, device, threads } = node.config as Placed;
  const size = sampleSize(rows, k, dimensions);
  const { start = 0, iteration = 0 } = await known.sample(
    node,
    ["cluster", size.rows, size.k, dimensions, engine, device, threads],
    () => sampleClustering(node, known, size, dimensions),
  );
  return (rows / size.rows) * (k / size.k) * (start + iterations * iteration);
}

/** As many rows and clusters as can be measured in seconds: all, or the same share of each. */
export function sampleSize(
  rows: number,
  k: number,
  dimensions: number,
): { readonly rows: number; readonly k: number } {
  const products = rows * k * dimensions;
  const share = Math.min(
    1,
    Math.sqrt(mostProducts / products),
    mostNumbers / (rows * dimensions),
  );
  const some = Math.ceil(share * rows);
  return { rows: some, k: Math.max(1, Math.min(some, Math.ceil(share * k))) };
}

async function sampleClustering(
  node: Node<string, Services>,
  known: Estimating,
  { rows, k }: { readonly rows: number; readonly k: number },
  dimensions: number,
): Promise<Sample> {
  const { engine, signal } = known;
  const { engine: by, device, threads } = node.config as Placed;
  using file = await tensorsOf(known, { features: featuresOf(rows, dimensions, k) });
  using features = await engine.features.l2Normalise(file.get("features"));
  const fit = (iterations: number) =>
    secondsOf(async () => {
      const options = { k, iterations, seed: 1, engine: by, device, threads };
      (await engine.kmeans.fit(features, options, { signal }))[Symbol.dispose]();
    });
  await fit(1); // the first call loads what it needs
  const [one, four] = [await fit(1), await fit(4)];
  const iteration = Math.max(0, four - one) / 3;
  return { start: Math.max(0, one - iteration), iteration };
}
