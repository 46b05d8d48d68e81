/** Prototypes: an iteration of k-means with a cluster for each label. */
import { clusteringRoom, clusteringSeconds } from "./cluster.ts";
import type { Estimator } from "./estimator.ts";

export const prototypesEstimator: Estimator = {
  stages: ["prototypes"],
  shape: (node, known) => known.shapeOf(node, "labels", "labels"),
  async cost(node, known) {
    const { rows, dimensions } = await known.shapeOf(node, "features", "features");
    const { classes } = await known.shapeOf(node, "labels", "labels");
    const size = { rows, k: Math.min(rows, classes), dimensions };
    return { seconds: await clusteringSeconds(node, known, size, 1), ...clusteringRoom(size) };
  },
};
