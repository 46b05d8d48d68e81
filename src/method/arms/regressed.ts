/** A new network that learns the teacher's features themselves (paper, section 4, "Feature regression"). */
import type { MadeArm, Recipe } from "../arm.ts";
import { regression } from "../objectives/regression.ts";
import { type Learner, trained } from "../training.ts";

export interface RegressedOptions extends Learner {
  readonly teacher: MadeArm;
}

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
