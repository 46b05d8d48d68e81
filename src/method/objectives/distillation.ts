/** Knowledge distillation: the teacher's softened answers beside the hard labels (paper, section 4 and
 * supplement A: T = 20, alpha = 0.75). */
import type { Node } from "../../pipeline/graph.ts";
import type { Services } from "../services.ts";
import { type Frozen, type HeadsOf, type Objective, singleLabels } from "./objective.ts";
import { checkDistillable } from "./pretext.ts";

/** What the paper takes. */
export const paperDistillation = { temperature: 20, alpha: 0.75 } as const;

/** The student answers what the teacher answers: the classes of its labels. */
export const distillationHeads: HeadsOf = (cards) => ({
  labels: singleLabels(cards)[0]?.classes ?? 0,
});

/**
 * To answer as the teacher does, beside the labels. Throws a UserError where its answers are not about what is in an
 * image.
 *
 * @example Of an arm, with the numbers of the paper
 * ```ts
 * import { distillation, type MadeArm, type Node, type Services } from "clusterfit";
 *
 * const objective = (teacher: MadeArm, labels: Node<"labels", Services>) =>
 *   distillation(teacher, labels, { temperature: 20, alpha: 0.75 });
 * console.log(objective({} as MadeArm, {} as Node<"labels", Services>).options); // { temperature: 20, alpha: 0.75 }
 * ```
 */
export function distillation(
  teacher: Frozen & Pick<Objective, "pretext">,
  labels: Node<"labels", Services>,
  { temperature, alpha }: { readonly temperature: number; readonly alpha: number },
): Objective {
  checkDistillable(teacher);
  return {
    name: "distillation",
    options: { temperature, alpha },
    labels: [labels],
    teachers: [teacher],
    pretext: false,
  };
}
