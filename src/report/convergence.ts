/** How probes that did not converge are marked beside their scores, and the line that says it. */
import type { Measurement } from "../results/measurement.ts";

/** Behind a score of which at least one seed's probe did not converge. */
export const unconvergedMark = "†";

/** The mark behind the score that these measurements make, or nothing. */
export function markOf(measurements: readonly Measurement[]): string {
  return measurements.some(({ converged }) => converged === false) ? unconvergedMark : "";
}

/** `† a probe did not converge in 251 evaluations`; nothing where all did. */
export function convergenceNote(measurements: readonly Measurement[]): string | undefined {
  const failed = measurements.filter(({ converged }) => converged === false);
  if (failed.length === 0) return undefined;
  const evaluations = failed.flatMap((one) => one.evaluations ?? []);
  const [least, most] = [Math.min(...evaluations), Math.max(...evaluations)];
  const within = evaluations.length === 0
    ? ""
    : ` in ${least === most ? most : `${least} to ${most}`} evaluations`;
  return `${unconvergedMark} a probe did not converge${within}: its score may be off.`;
}
