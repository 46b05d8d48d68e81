/** The run in a sentence, written from its numbers: wins, losses and what stays open. */
import {
  candidatesOf,
  type Contrast,
  contrasts,
  hasPoints,
  type Outcome,
  rivalsOf,
} from "./contrast.ts";
import { count } from "./count.ts";
import { formatGain, formatSigned } from "./estimate.ts";
import { noisyRows, rowMargin, singleSeedMargin } from "./paired.ts";
import type { ArmFacts } from "./study.ts";
import type { MeasuredTarget, Summary } from "./summary.ts";
import { listed } from "./words.ts";

/** A sentence for each candidate. With a single point it names every target that the candidate does not win;
 * with several, it counts them target by target. */
export function verdict(summary: Summary): string {
  const { study, targets } = summary;
  if (targets.length === 0) return "No target was probed, so nothing can be said.";
  const candidates = candidatesOf(study.arms);
  if (candidates.length === 0) return "No candidate was trained, so nothing is compared.";
  return candidates.map((candidate) => sentence(summary, candidate)).join(" ");
}

/** What a difference has to exceed: `the spread over 3 seeds`; where a test set is small, also
 * `3 test rows and the spread over 3 seeds`. */
export function marginText(
  { study: { seeds }, targets }: Pick<Summary, "study" | "targets">,
): string {
  const rows = targets.some(isSmall) ? `${noisyRows} test rows and ` : "";
  return rows +
    (seeds.length > 1
      ? `the spread over ${seeds.length} seeds`
      : `${singleSeedMargin} points (one seed, so no spread can be claimed)`);
}

/** Whether a few of its test rows are worth more than the points that one seed has to exceed. */
export function isSmall({ test }: Pick<MeasuredTarget, "test">): boolean {
  return rowMargin(test) > singleSeedMargin;
}

function sentence(summary: Summary, candidate: ArmFacts): string {
  const rivals = rivalsOf(summary.study.arms);
  if (rivals.length === 0) return `${candidate.title} is compared with no other network.`;
  const all = contrasts(summary, candidate);
  const beats = `${candidate.title} beats ${allOf(rivals)} by more than ${marginText(summary)}`;
  return `${beats} ${hasPoints(all) ? atPoints(all) : onTargets(all)}.`;
}

function onTargets(all: readonly Contrast[]): string {
  const { won, lost, open } = byOutcome(all);
  return [
    `on ${winsText(won.length, all.length)}` +
    (won.length === 0 ? "" : `, by ${ranges(won)}`),
    lost.length > 0 && `it loses on ${details(lost)}`,
    open.length > 0 && `${details(open)} ${open.length > 1 ? "stay" : "stays"} undecided`,
  ].filter(Boolean).join("; ");
}

/** `2 of 4 targets`, `no target`. */
function winsText(won: number, all: number): string {
  if (all === 1) return won === 1 ? "its one target" : "no target";
  return `${won === 0 ? "none" : won} of ${count(all, "target")}`;
}

function atPoints(all: readonly Contrast[]): string {
  const { won, lost, open } = byOutcome(all);
  const perTarget = [...Map.groupBy(all, ({ target }) => target.title)].map(([title, ones]) =>
    `${byOutcome(ones).won.length} of ${ones.length} on “${title}”`
  );
  return [
    `in ${won.length === 0 ? "none" : won.length} of ${count(all.length, "comparison")} ` +
    `(${perTarget.join(", ")})`,
    lost.length > 0 && `it loses in ${lost.length}`,
    open.length > 0 && `${open.length} ${open.length > 1 ? "stay" : "stays"} undecided`,
  ].filter(Boolean).join("; ");
}

function byOutcome(all: readonly Contrast[]): Record<Outcome, Contrast[]> {
  const having = (outcome: Outcome) => all.filter((one) => one.outcome === outcome);
  return { won: having("won"), lost: having("lost"), open: having("open") };
}

function allOf(rivals: readonly ArmFacts[]): string {
  const names = listed(rivals.map(({ title }) => title));
  return rivals.length === 1 ? names : `${rivals.length === 2 ? "both" : "all of"} ${names}`;
}

/** Of contrasts that were won: each has a gain over each rival. */
function ranges(won: readonly Contrast[]): string {
  return listed(
    won[0]!.rivals.map(({ arm }, at) => {
      const means = won.map(({ rivals }) => rivals[at]!.gain!.mean);
      const [low, high] = [Math.min(...means), Math.max(...means)].map(formatSigned);
      return `${low === high ? `${low} points` : `${low} to ${high}`} over ${arm.title}`;
    }),
  );
}

function details(some: readonly Contrast[]): string {
  return some.map(({ target, rivals }) => {
    const gains = rivals.map(({ arm, gain }) =>
      `${gain ? formatGain(gain) : "not measured"} against ${arm.title}`
    );
    return `“${target.title}” (${gains.join(", ")})`;
  }).join(", ");
}
