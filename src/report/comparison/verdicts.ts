/** What came of each run against the first one, in a sentence. */
import { count } from "../../results/count.ts";
import { marginText } from "../../results/verdict.ts";
import type { ComparedRun } from "./compared_run.ts";
import { type ComparedGain, runLetter, type ScoreComparison } from "./comparison.ts";

/** One for each run but the first. */
export function gainVerdicts(
  [first, ...others]: readonly ComparedRun[],
  rows: readonly ScoreComparison[],
): string[] {
  return others.map((other, at) => sentence(first!, other, at + 1, rows));
}

function sentence(
  first: ComparedRun,
  other: ComparedRun,
  at: number,
  rows: readonly ScoreComparison[],
): string {
  const [a, b] = [runLetter(0), runLetter(at)];
  const without = [[a, first], [b, other]] as const;
  const waiting = without.flatMap(([letter, { summary, state }]) =>
    summary ? [] : [`${letter} has no results: it is ${state}.`]
  );
  if (waiting.length > 0) return waiting.join(" ");
  const both = rows.filter(({ scores }) => scores[0] && scores[at]);
  if (both.length === 0) return `${b} measured nothing that ${a} measured too.`;
  const gains = both.flatMap(({ gains }) => gains[at] ?? []);
  const open = both.length - gains.length;
  if (gains.length === 0) return `${b} cannot be compared with ${a}: ${why(open)}.`;
  const shared = gains.map(({ seeds }) => seeds).reduce((most, seeds) =>
    seeds.length > most.length ? seeds : most
  );
  const margin = marginText({
    study: { ...first.summary!.study, seeds: shared },
    targets: first.summary!.targets.filter(({ name }) =>
      both.some(({ target, gains }) => target === name && gains[at])
    ),
  });
  const found = (verdict: ComparedGain["verdict"]) =>
    gains.filter((gain) => gain.verdict === verdict).length;
  const counts = [
    `lower in ${found("lower")}`,
    `equal in ${found("equal")}`,
    `undecided in ${found("undecided")}`,
  ].join(", ");
  const left = open === 0 ? "" : ` Not compared: ${why(open)}.`;
  return `${b} scores higher than ${a} by more than ${margin} in ${found("higher") || "none"} of ` +
    `${count(gains.length, "comparison")}; ${counts}.${left}`;
}

function why(rows: number): string {
  return `${count(rows, "row")} with other test rows, or without a seed that both have`;
}
