/** A new network that learns the teacher's softened answers beside the hard labels (paper, section 4,
 * "Distillation"). */
import type { LabelsAt, MadeArm, Recipe } from "../arm.ts";
import { distillation } from "../objectives/distillation.ts";
import { type Learner, trained } from "../training.ts";

/** What makes a distilled arm. */
export interface DistilledOptions extends Learner {
  /** Trained on labels: one of rotations or of a jigsaw is refused. */
  readonly teacher: MadeArm;
  /** Those of the teacher. */
  readonly labels: LabelsAt;
  /** Softens the answers. */
  readonly temperature: number;
  /** Weight of the teacher's answers; the rest is that of the labels. */
  readonly alpha: number;
}

/**
 * An arm that learns the answers of its teacher beside the labels.
 *
 * @example With the numbers of the paper
 * ```ts
 * import { distilled, type LabelsAt, type Learner, type MadeArm } from "clusterfit";
 *
 * const student = (learner: Learner, teacher: MadeArm, labels: LabelsAt) =>
 *   distilled({ ...learner, teacher, labels, temperature: 20, alpha: 0.75 });
 * console.log(student({} as Learner, {} as MadeArm, {} as LabelsAt).role); // control
 * ```
 */
export function distilled(
  { teacher, labels, temperature, alpha, ...learner }: DistilledOptions,
): Recipe {
  return {
    title: "Distilled",
    about: "from scratch on the teacher’s answers and its labels",
    role: "control",
    task: "the teacher’s answers",
    build(site) {
      const objective = distillation(teacher, labels(site), { temperature, alpha });
      return {
        title: "Distilled",
        ...trained(site, "Distil", learner, objective),
        clusterings: [],
      };
    },
  };
}
