/** The arms of Tables 4 and 5: a teacher of weak labels, longer training, what needs its labels too, and ClusterFit. */
import type { World } from "../data/world.ts";
import { distilled } from "../method/arms/distilled.ts";
import { npre, type PretrainedOptions } from "../method/arms/npre.ts";
import { npre2x } from "../method/arms/npre2x.ts";
import { prototype } from "../method/arms/prototype.ts";
import { clusteringOf } from "../method/clustering_settings.ts";
import type { MethodConfig } from "../method/config.ts";
import { armsOver, type ArmSpec } from "../method/experiment.ts";
import { plain } from "../method/label_sources.ts";
import { paperDistillation } from "../method/objectives/distillation.ts";
import type { Learner } from "../method/training.ts";
import { lastLayer } from "../models/architectures.ts";
import { ncfAtEachK } from "./ncf_at_each_k.ts";

/** `teacher`: what makes Npre of `learner` and `labels`. Ncf is made at each K of the axis "k". */
export function weakArms(
  config: MethodConfig,
  { learner, teacher, labels }: {
    readonly learner: Learner;
    readonly teacher: PretrainedOptions;
    readonly labels: World["labels"][string];
  },
): Readonly<Record<"npre" | "npre2x" | "distilled" | "prototype" | "ncf", ArmSpec>> {
  const arm = armsOver();
  return {
    npre: arm({ recipe: () => npre(teacher) }),
    npre2x: arm({ recipe: () => npre2x({ ...teacher, epochs: 2 * config.epochs }) }),
    distilled: arm({
      on: ["npre"],
      recipe: (_, { npre }) =>
        distilled({ ...learner, ...paperDistillation, teacher: npre, labels: plain(labels) }),
    }),
    prototype: arm({
      on: ["npre"],
      recipe: (_, { npre }) =>
        prototype({
          ...learner,
          teacher: npre,
          labels: plain(labels),
          layer: lastLayer,
          normalise: config.clustering.normalise,
        }),
    }),
    ncf: ncfAtEachK(learner, clusteringOf(config)),
  };
}
