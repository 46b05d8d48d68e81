/** Iterated ClusterFit: the network of a round is the teacher of the next one (paper, section 6, where a second round
 * gains little). */
import type { AxisValue } from "../../results/point.ts";
import type { MadeArm, Recipe } from "../arm.ts";
import type { ArmSpec } from "../experiment.ts";

/** What makes rounds. */
export interface RoundsOptions {
  /** How many: 1 is ClusterFit as it is. */
  readonly rounds: number;
  /** Id of the arm that is clustered first. */
  readonly teacher: string;
  /** Id of the first round; the others are `<id>-2`, `<id>-3` ... */
  readonly id: string;
  /** Names of axes that every round has. */
  readonly axes: readonly string[];
  /** A round, from 1, on the arm of the one before. */
  recipe(at: Readonly<Record<string, AxisValue>>, before: MadeArm, round: number): Recipe;
}

/**
 * The arms of several rounds, for the arms of an experiment.
 *
 * @example Three rounds for each K
 * ```ts
 * import { type Learner, ncf, rounds } from "clusterfit";
 *
 * const arms = (learner: Learner) =>
 *   rounds({
 *     rounds: 3,
 *     teacher: "npre",
 *     id: "ncf",
 *     axes: ["k"],
 *     recipe: ({ k }, before, round) =>
 *       ncf({
 *         ...learner,
 *         title: `Ncf, round ${round}`,
 *         teachers: [before],
 *         layer: "res5",
 *         k: Number(k),
 *         iterations: 20,
 *         normalise: true,
 *       }),
 *   });
 * console.log(Object.keys(arms({} as Learner))); // [ "ncf", "ncf-2", "ncf-3" ]
 * ```
 */
export function rounds(
  { rounds, teacher, id, axes, recipe }: RoundsOptions,
): Readonly<Record<string, ArmSpec>> {
  const idOf = (round: number) => round === 1 ? id : `${id}-${round}`;
  return Object.fromEntries(
    Array.from({ length: rounds }, (_, behind): [string, ArmSpec] => {
      const round = behind + 1;
      const before = behind === 0 ? teacher : idOf(behind);
      return [idOf(round), {
        on: [before],
        axes,
        recipe: (at, on) => recipe(at, on[before]!, round),
      }];
    }),
  );
}
