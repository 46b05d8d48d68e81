/** The run in one sentence, written from its numbers: wins, losses and what stays open. */
import type { Summary } from "../method/summary.ts";
import { compare, type Comparison, type Outcome, singleSeedMargin } from "./comparison.ts";
import { count } from "./count.ts";
import { type Estimate, formatGain, formatSigned } from "./estimate.ts";

/** One sentence that names every target Ncf does not win. */
export function verdict({ targets, seeds }: Pick<Summary, "targets" | "seeds">): string {
  if (targets.length === 0) return "No target was probed, so nothing can be said.";
  const comparisons = targets.map(compare);
  const having = (outcome: Outcome) => comparisons.filter((one) => one.outcome === outcome);
  const [won, lost, open] = [having("won"), having("lost"), having("open")];
  const margin = seeds.length > 1
    ? `the spread over ${seeds.length} seeds`
    : `${singleSeedMargin} points (one seed, so no spread can be claimed)`;
  return [
    `Ncf beats both Npre and Npre 2x by more than ${margin} on ` +
    `${won.length === 0 ? "none" : won.length} of ${count(targets.length, "target")}` +
    (won.length === 0 ? "" : `, by ${ranges(won)}`),
    lost.length > 0 && `it loses on ${list(lost)}`,
    open.length > 0 && `${list(open)} ${open.length > 1 ? "stay" : "stays"} undecided`,
  ].filter(Boolean).join("; ") + ".";
}

function ranges(comparisons: readonly Comparison[]): string {
  return `${range(comparisons.map((one) => one.gain))} over Npre and ` +
    `${range(comparisons.map((one) => one.gain2x))} over Npre 2x`;
}

function range(gains: readonly Estimate[]): string {
  const means = gains.map(({ mean }) => mean);
  const [low, high] = [Math.min(...means), Math.max(...means)].map(formatSigned);
  return low === high ? `${low} points` : `${low} to ${high}`;
}

function list(comparisons: readonly Comparison[]): string {
  return comparisons.map(({ target, gain, gain2x }) =>
    `“${target.title}” (${formatGain(gain)} against Npre, ${formatGain(gain2x)} against Npre 2x)`
  ).join(", ");
}
