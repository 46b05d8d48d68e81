/** Feature regression: come close to the features of the teacher (paper, section 4 and supplement A). */
import { type Architecture, widestLayer } from "../../models/architectures.ts";
import type { Frozen, HeadsOf, Objective } from "./objective.ts";

/** The head maps the student's features to as many as the teacher has in its last layer. */
export const regressionHeads: HeadsOf = (_, [teacher]) => {
  if (!teacher) throw new Error("Cannot regress features: it needs a teacher, found none.");
  return { features: widestLayer(teacher.arch as Architecture, teacher.width) };
};

export function regression(teacher: Frozen): Objective {
  return {
    name: "regression",
    options: {},
    labels: [],
    teachers: [teacher],
  };
}
