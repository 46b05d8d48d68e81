/** How probes that did not converge are marked beside their scores, and the line that says it. */
import type { NetworkName, NotConverged } from "../method/summary.ts";

/** Behind a score of which at least one seed's probe did not converge. */
export const unconvergedMark = "†";

/** The mark behind the score of `network`, or nothing. */
export function markOf(notConverged: readonly NotConverged[], network: NetworkName): string {
  return notConverged.some((probe) => probe.network === network) ? unconvergedMark : "";
}

/** `† a probe did not converge in 251 evaluations`; nothing where all did. */
export function convergenceNote(notConverged: readonly NotConverged[]): string | undefined {
  if (notConverged.length === 0) return undefined;
  const evaluations = notConverged.map((probe) => probe.evaluations);
  const [least, most] = [Math.min(...evaluations), Math.max(...evaluations)];
  return `${unconvergedMark} a probe did not converge in ` +
    `${least === most ? most : `${least} to ${most}`} evaluations: its score may be off.`;
}
