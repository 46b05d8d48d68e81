/** Claims about two series, or two gaps between them. */
import type { Claim } from "./claim.ts";
import { formatEstimate, formatGain } from "./estimate.ts";
import { type Found, found } from "./found.ts";
import { minus, pairedDifference } from "./paired.ts";
import { readSeries, testRows, titleOf } from "./read_series.ts";
import type { Summary } from "./summary.ts";

type Between = Exclude<Claim["test"], { axis: string }>;

export function judgeBetween(test: Between, summary: Summary): Found {
  switch (test.kind) {
    case "higher":
      return higher(test, summary);
    case "within":
      return within(test, summary);
    case "wider-gap":
      return widerGap(test, summary);
  }
}

type Of<Kind extends Between["kind"]> = Extract<Between, { kind: Kind }>;

function higher({ better, worse }: Of<"higher">, summary: Summary): Found {
  const [a, b] = [readSeries(summary, better), readSeries(summary, worse)];
  return found(
    [a, b],
    pairedDifference(a.values, b.values, testRows(summary, better, worse)),
    ({ after, before }) =>
      `${titleOf(summary, better)} ${formatEstimate(after)}, ${titleOf(summary, worse)} ${
        formatEstimate(before)
      }`,
  );
}

function within({ points, close, to }: Of<"within">, summary: Summary): Found {
  const [a, b] = [readSeries(summary, close), readSeries(summary, to)];
  const raised = new Map([...a.values].map(([seed, value]) => [seed, value + points]));
  return found(
    [a, b],
    pairedDifference(raised, b.values, testRows(summary, close, to)),
    ({ after, before }) =>
      `${titleOf(summary, close)} and ${points} points ${formatEstimate(after)}, ${
        titleOf(summary, to)
      } ${formatEstimate(before)}`,
  );
}

function widerGap({ wider, narrower }: Of<"wider-gap">, summary: Summary): Found {
  const gaps = [wider, narrower].map((series) => ({
    series,
    reads: [readSeries(summary, series.above), readSeries(summary, series.below)] as const,
  }));
  const [a, b] = gaps.map(({ reads: [above, below] }) => minus(above.values, below.values));
  const series = [wider, narrower].flatMap(({ above, below }) => [above, below]);
  const [first, second] = [wider, narrower].map(({ above, below }) =>
    `${titleOf(summary, above)} − ${titleOf(summary, below)}`
  );
  return found(
    gaps.flatMap(({ reads }) => reads),
    pairedDifference(a!, b!, testRows(summary, ...series)),
    ({ after, before }) => `${first}: ${formatGain(after)}, ${second}: ${formatGain(before)}`,
  );
}
