/** A new network that learns the teacher's features themselves (paper, section 4, "Feature regression"). */
import type { MadeArm, Recipe } from "../arm.ts";
import { regression } from "../objectives/regression.ts";
import { type Learner, trained } from "../training.ts";

/** What makes a regressed arm. */
export interface RegressedOptions extends Learner {
  /** Whose features it learns. */
  readonly teacher: MadeArm;
}

/**
 * An arm that learns the features of its teacher.
 *
 * @example A student of features
 * ```ts
 * import { type Learner, type MadeArm, regressed } from "clusterfit";
 *
 * const student = (learner: Learner, teacher: MadeArm) => regressed({ ...learner, teacher });
 * console.log(student({} as Learner, {} as MadeArm).title); // Regressed
 * ```
 */
export function regressed({ teacher, ...learner }: RegressedOptions): Recipe {
  return {
    title: "Regressed",
    about: "from scratch on the teacher’s features",
    role: "control",
    task: "the teacher’s features",
    build(site) {
      const made = trained(site, "Regress features", learner, regression(teacher));
      return { title: "Regressed", ...made, clusterings: [] };
    },
  };
}
