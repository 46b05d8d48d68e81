/** A colour for each arm, by its role and its place among the arms of that role, and where runs are compared, one for
 * each run. They are CSS variables of `style.ts`, so that one drawing follows the reader's colour scheme. */
import type { ArmFacts, Role } from "../results/study.ts";

/** How many colours a role has; the next arm takes the first one again. */
export const coloursPerRole: Readonly<Record<Role, number>> = {
  teacher: 3,
  control: 4,
  candidate: 3,
};

/** Id of the arm -> `var(--candidate-0)`. */
export function armColours(arms: readonly Pick<ArmFacts, "id" | "role">[]): Map<string, string> {
  const seen: Record<Role, number> = { teacher: 0, control: 0, candidate: 0 };
  return new Map(
    arms.map(({ id, role }) => [id, `var(--${role}-${seen[role]++ % coloursPerRole[role]})`]),
  );
}

/** Of the runs that are compared, in their order. */
export const runColours = [
  ...["candidate-0", "candidate-2", "candidate-1", "control-1"],
  ...["control-0", "control-3", "control-2", "teacher-1"],
].map((name) => `var(--${name})`);
