/** Every estimator. A new kind of stage has its own file and a line here. */
import { clipLabelsEstimator, clipPartsEstimator, clipsEstimator } from "./clips.ts";
import { clusterEstimator } from "./cluster.ts";
import { consensusEstimator } from "./consensus.ts";
import { digitLabelsEstimator, digitPartsEstimator, digitsEstimator } from "./digits.ts";
import type { Estimator } from "./estimator.ts";
import { extractEstimator } from "./features.ts";
import { guidedEstimator } from "./guided.ts";
import {
  iconLabelsEstimator,
  iconPartsEstimator,
  iconWordsEstimator,
  pretrainingEstimator,
  targetEstimator,
} from "./icons.ts";
import { importEstimator } from "./import_network.ts";
import { measureEstimator } from "./measure.ts";
import { picturesEstimator, pictureTargetEstimator } from "./pictures.ts";
import { noiseEstimator, overlapEstimator, sheetEstimator, summaryEstimator } from "./quick.ts";
import { prototypesEstimator } from "./prototypes.ts";
import { effectiveRankEstimator, neighbourAgreementEstimator } from "./representations.ts";
import { subsetEstimator, subsetLabelsEstimator } from "./subset.ts";
import { trainEstimator } from "./train.ts";

export const estimators: readonly Estimator[] = [
  pretrainingEstimator,
  targetEstimator,
  iconLabelsEstimator,
  iconPartsEstimator,
  iconWordsEstimator,
  clipsEstimator,
  clipLabelsEstimator,
  clipPartsEstimator,
  digitsEstimator,
  digitLabelsEstimator,
  digitPartsEstimator,
  subsetEstimator,
  subsetLabelsEstimator,
  picturesEstimator,
  pictureTargetEstimator,
  overlapEstimator,
  importEstimator,
  trainEstimator,
  extractEstimator,
  clusterEstimator,
  consensusEstimator,
  guidedEstimator,
  prototypesEstimator,
  noiseEstimator,
  sheetEstimator,
  measureEstimator,
  effectiveRankEstimator,
  neighbourAgreementEstimator,
  summaryEstimator,
];

/** The estimator of a stage of that name. */
export function estimatorOf(stage: string): Estimator | undefined {
  return estimators.find(({ stages }) => stages.includes(stage));
}
