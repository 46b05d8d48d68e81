/** Handwritten digits: what there is of them is known. */
import { side } from "../../data/digits/rows_stage.ts";
import { perSplit } from "../../data/split.ts";
import type { Estimator } from "./estimator.ts";
import { packed } from "./synthetic.ts";

const digits = 1797;
const imageBytes = side * side * 3;
/** To import scikit-learn, which nothing else needs. */
const seconds = 2;

export const digitsEstimator: Estimator = {
  stages: ["digits.rows"],
  shape: () => Promise.resolve({ rows: digits, side, held: imageBytes }),
  cost: () =>
    Promise.resolve({ seconds, memory: 3 * digits * imageBytes, disk: digits * imageBytes }),
  open: (_, known, rows) => packed(known, Math.min(rows, digits), side),
};

export const digitLabelsEstimator: Estimator = {
  stages: ["digits.labels"],
  shape: () => Promise.resolve({ classes: 10 }),
  cost: () => Promise.resolve({ seconds: 0.05, memory: 0, disk: 8 * digits }),
};

export const digitPartsEstimator: Estimator = {
  stages: ["digits.parts"],
  shape: () =>
    Promise.resolve(perSplit((split) => Math.round((split === "train" ? 0.6 : 0.2) * digits))),
  cost: () => Promise.resolve({ seconds: 0.05, memory: 0, disk: digits }),
};
