/** Npre: the pre-trained network that ClusterFit starts from, trained here on its own task (paper, section 3.1). */
import type { Recipe, Site } from "../arm.ts";
import type { Objective } from "../objectives/objective.ts";
import { type Learner, trained } from "../training.ts";

/** What makes an Npre. */
export interface PretrainedOptions extends Learner {
  /** Its task; labels may be drawn by the seed of the site. */
  readonly objective: (site: Site) => Objective;
  /** As people call the kind of teacher: "RotNet". */
  readonly kind: string;
  /** What it is trained on: "rotations". */
  readonly task: string;
  /** As tables and figures call it; "Npre" unless given. */
  readonly title?: string;
}

/**
 * The teacher, trained here.
 *
 * @example A RotNet teacher
 * ```ts
 * import { type Learner, npre, rotation } from "clusterfit";
 *
 * const teacher = (learner: Learner) =>
 *   npre({ ...learner, kind: "RotNet", task: "rotations", objective: rotation });
 * console.log(teacher({} as Learner).role); // teacher
 * ```
 */
export function npre(
  { objective, kind, task, title = "Npre", ...learner }: PretrainedOptions,
): Recipe {
  return {
    title,
    about: `the teacher, trained on ${task}`,
    role: "teacher",
    task: "the teacher’s task",
    build(site) {
      const made = trained(site, `Pre-train ${title} (${kind})`, learner, objective(site));
      return { title, ...made, clusterings: [] };
    },
  };
}
