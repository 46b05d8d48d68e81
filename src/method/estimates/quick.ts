/** Stages of well under a second, whatever the run. */
import { type ContactSheetConfig, thumbnail } from "../stages/sheet.ts";
import type { Estimator } from "./estimator.ts";

const nothing = { seconds: 0.05, memory: 0, disk: 0 };

export const sheetEstimator: Estimator = {
  stages: ["contact-sheet"],
  shape: () => Promise.resolve({}),
  async cost(node, known) {
    const { rows, columns } = node.config as ContactSheetConfig;
    const shape = await known.shapeOf(node, "data", "dataset");
    const side = Math.min(shape.side, thumbnail);
    return { ...nothing, disk: rows * columns * side * side * 3 };
  },
};

export const noiseEstimator: Estimator = {
  stages: ["label-noise"],
  shape: (node, known) => known.shapeOf(node, "labels", "labels"),
  cost: () => Promise.resolve(nothing),
};

export const overlapEstimator: Estimator = {
  stages: ["pictures.overlap"],
  shape: () => Promise.resolve({}),
  cost: () => Promise.resolve(nothing),
};

export const summaryEstimator: Estimator = {
  stages: ["summarise"],
  shape: () => Promise.resolve({}),
  cost: () => Promise.resolve(nothing),
};
