/** A new network on the nearest prototypes: of each label, the mean of the teacher's features (paper, section 4,
 * "Prototype", and supplement A). */
import type { LabelsAt, MadeArm, Recipe } from "../arm.ts";
import { nearestPrototypes, type PrototypesOptions } from "../clustering.ts";
import { labels as labelsObjective } from "../objectives/labels.ts";
import { type Learner, trained } from "../training.ts";

/** What makes a prototype arm. */
export interface PrototypeOptions extends Learner, Omit<PrototypesOptions, "data" | "labels"> {
  /** Whose features are averaged: trained on labels, not on rotations or a jigsaw. */
  readonly teacher: MadeArm;
  /** One of each row: each that there is becomes a cluster. */
  readonly labels: LabelsAt;
}

/**
 * An arm on clusters that start from labels.
 *
 * @example The control for clustering without labels
 * ```ts
 * import { type LabelsAt, type Learner, type MadeArm, prototype } from "clusterfit";
 *
 * const student = (learner: Learner, teacher: MadeArm, labels: LabelsAt) =>
 *   prototype({ ...learner, teacher, labels, layer: "res5", normalise: true });
 * console.log(student({} as Learner, {} as MadeArm, {} as LabelsAt).task); // the nearest prototypes
 * ```
 */
export function prototype({ teacher, labels, ...options }: PrototypeOptions): Recipe {
  return {
    title: "Prototype",
    about: "from scratch on the nearest mean of a label’s features",
    role: "control",
    task: "the nearest prototypes",
    build(site) {
      const ids = nearestPrototypes(site, teacher, { ...options, labels: labels(site) });
      return {
        title: "Prototype",
        ...trained(
          site,
          "Train Prototype on the prototypes",
          options,
          labelsObjective([ids.labels]),
        ),
        clusterings: [ids],
      };
    },
  };
}
