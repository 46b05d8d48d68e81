/** Feature regression: come close to the features of the teacher (paper, section 4 and supplement A). */
import { type Architecture, widestLayer } from "../../models/architectures.ts";
import type { Frozen, HeadsOf, Objective } from "./objective.ts";

/** The head maps the student's features to as many as the teacher has in its last layer. */
export const regressionHeads: HeadsOf = (_, [teacher]) => {
  if (!teacher) throw new Error("Cannot regress features: it needs a teacher, found none.");
  const { arch, width, features } = teacher;
  if (features !== undefined) return { features };
  if (width === null) {
    throw new Error(`Cannot regress features: the card of ${arch} lacks their number.`);
  }
  return { features: widestLayer(arch as Architecture, width) };
};

/**
 * To have the features of the teacher.
 *
 * @example Of an arm
 * ```ts
 * import { type MadeArm, regression } from "clusterfit";
 *
 * const objective = (teacher: MadeArm) => regression(teacher);
 * console.log(objective({} as MadeArm).teachers.length); // 1
 * ```
 */
export function regression(teacher: Frozen): Objective {
  return {
    name: "regression",
    options: {},
    labels: [],
    teachers: [teacher],
    pretext: false,
  };
}
