/** The arm of ClusterFit as most experiments have it. */
import { ncf } from "../method/arms/ncf.ts";
import type { ClusteringSettings } from "../method/clustering_settings.ts";
import { armsOver, type ArmSpec } from "../method/experiment.ts";
import type { Learner } from "../method/training.ts";
import { lastLayer } from "../models/architectures.ts";

/** Ncf of the arm `npre` at each K of the axis "k", on clusters of the last layer. */
export function ncfAtEachK(learner: Learner, clustering: ClusteringSettings): ArmSpec {
  return armsOver<{ k: number }>()({
    on: ["npre"],
    axes: ["k"],
    recipe: ({ k }, { npre }) =>
      ncf({ ...learner, ...clustering, teachers: [npre], layer: lastLayer, k }),
  });
}
