/** Npre 2x: the teacher trained as long as Npre and Ncf together, the schedule stretched: more training without
 * clusters (paper, section 4, "Npre 2x"). */
import type { Recipe } from "../arm.ts";
import { trained } from "../training.ts";
import type { PretrainedOptions } from "./npre.ts";

/** What makes an Npre 2x. */
export type Npre2xOptions = Omit<PretrainedOptions, "kind" | "task">;

/**
 * `epochs` are those of Npre and Ncf together.
 *
 * @example The control for longer training
 * ```ts
 * import { type Learner, npre2x, rotation } from "clusterfit";
 *
 * const longer = (learner: Learner) =>
 *   npre2x({ ...learner, epochs: 2 * learner.epochs, objective: rotation });
 * console.log(longer({} as Learner).title); // Npre 2x
 * ```
 */
export function npre2x({ objective, ...learner }: Npre2xOptions): Recipe {
  return {
    title: "Npre 2x",
    about: "the teacher, for the summed epochs",
    role: "control",
    task: "the teacher’s task",
    build(site) {
      const made = trained(site, "Pre-train Npre 2x", learner, objective(site));
      return { title: "Npre 2x", ...made, clusterings: [] };
    },
  };
}
