/** Some rows of a data set, and their labels: copied. */
import type { SubsetConfig } from "../../data/subset_stages.ts";
import type { Estimator } from "./estimator.ts";

/** To draw the rows, and to copy those of a small data set. */
const moment = 0.05;
/** Bytes of pixels that are copied and flushed in a second. */
const copied = 2e8;

export const subsetEstimator: Estimator = {
  stages: ["subset.images"],
  async shape(node, known) {
    const { rows } = node.config as SubsetConfig;
    return { ...await known.shapeOf(node, "data", "dataset"), rows };
  },
  async cost(node, known) {
    const { rows } = node.config as SubsetConfig;
    const bytes = rows * (await known.shapeOf(node, "data", "dataset")).held;
    return { seconds: moment + bytes / copied, memory: bytes, disk: bytes };
  },
  open: (node, known, rows) => known.open(node, "data", rows),
};

export const subsetLabelsEstimator: Estimator = {
  stages: ["subset.labels"],
  async shape(node, known) {
    const { labels } = node.config as SubsetConfig;
    return labels === null ? await known.shapeOf(node, "labels", "labels") : { classes: labels };
  },
  cost: (node) =>
    Promise.resolve({ seconds: moment, memory: 0, disk: 8 * (node.config as SubsetConfig).rows }),
};
