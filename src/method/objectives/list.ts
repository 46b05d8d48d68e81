/** Every objective there is. A new one has its own file, its own in `py/clusterfit/objectives`, and a line here. */
import { distillationHeads } from "./distillation.ts";
import { jigsawHeads } from "./jigsaw.ts";
import { labelsHeads } from "./labels.ts";
import type { HeadsOf } from "./objective.ts";
import { regressionHeads } from "./regression.ts";
import { rotationHeads } from "./rotation.ts";

/** Name -> the heads of a network that is trained for it. */
export const objectiveHeads: Readonly<Record<string, HeadsOf>> = {
  rotation: rotationHeads,
  jigsaw: jigsawHeads,
  labels: labelsHeads,
  distillation: distillationHeads,
  regression: regressionHeads,
};
