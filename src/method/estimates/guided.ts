/** k-means that labels guide: seconds of an assignment, measured on features and labels of the right shape. */
import type { GuidedConfig } from "../stages/cluster_guided.ts";
import { clusteringRoom, sampleSize } from "./cluster.ts";
import type { Estimator } from "./estimator.ts";
import { featuresOf, labelsOf, secondsOf, tensorsOf } from "./synthetic.ts";

/** Of the sample; rows are assigned once before the first. */
const measured = 2;

export const guidedEstimator: Estimator = {
  stages: ["cluster-guided"],
  shape: (node) => Promise.resolve({ classes: (node.config as GuidedConfig).k }),
  async cost(node, known) {
    const { k, iterations, device, threads } = node.config as GuidedConfig;
    const { rows, dimensions } = await known.shapeOf(node, "features", "features");
    const { classes } = await known.shapeOf(node, "labels", "labels");
    const size = sampleSize(rows, k, dimensions);
    const { assignment = 0 } = await known.sample(
      node,
      ["cluster-guided", size.rows, size.k, dimensions, classes, device, threads],
      async () => {
        const { engine, signal } = known;
        using file = await tensorsOf(known, {
          features: featuresOf(size.rows, dimensions, size.k),
          labels: labelsOf(size.rows, classes),
        });
        const [features, labels] = [file.get("features"), file.get("labels")];
        const options = { k: size.k, weight: 1, seed: 1, device, threads };
        const guide = (iterations: number) =>
          secondsOf(async () => {
            const how = { ...options, iterations };
            (await engine.kmeans.guide(features, labels, classes, how, { signal }))
              [Symbol.dispose]();
          });
        await guide(1); // the first call loads what it needs
        return { assignment: await guide(measured) / (1 + measured) };
      },
    );
    const room = clusteringRoom({ rows, k, dimensions });
    return {
      seconds: (rows / size.rows) * (k / size.k) * (1 + iterations) * assignment,
      // labels x K: how many rows, their shares, what they cost
      memory: room.memory + 3 * 8 * classes * k,
      disk: room.disk,
    };
  },
};
