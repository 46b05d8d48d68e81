/** Claims about what happens along an axis. */
import type { Claim, ClaimSeries } from "./claim.ts";
import { formatEstimate } from "./estimate.ts";
import { endsOfFit } from "./fitted_line.ts";
import { type Found, found } from "./found.ts";
import { minus, pairedDifference } from "./paired.ts";
import type { AxisValue } from "./point.ts";
import { readSeries, type SeriesRead, testRows, titleOf } from "./read_series.ts";
import type { Axis } from "./study.ts";
import type { Summary } from "./summary.ts";
import { axisValueText } from "./words.ts";

type Along = Extract<Claim["test"], { axis: string }>;

export function judgeAlong(test: Along, summary: Summary): Found {
  const axis = summary.study.axes.find(({ name }) => name === test.axis);
  const [first, last] = [axis?.values.at(0), axis?.values.at(-1)];
  if (!axis || first === undefined || last === undefined || axis.values.length < 2) {
    const text = axis
      ? `the axis "${axis.title}" has one value only`
      : `the run has no axis "${test.axis}"`;
    return { missing: [text], text };
  }
  const ends = [first, last].map((value) => ({
    value,
    text: `${axis.title} ${axisValueText(value, axis)}`,
  })) as [End, End];
  switch (test.kind) {
    case "rises":
      return rises(test, ends, summary);
    case "rises-with-log":
      return risesWithLog(test, axis, ends, summary);
    case "falls-more":
      return fallsMore(test, ends, summary);
  }
}

type Of<Kind extends Along["kind"]> = Extract<Along, { kind: Kind }>;

/** The first value of an axis or its last. */
interface End {
  readonly value: AxisValue;
  readonly text: string;
}

type Ends = readonly [first: End, last: End];

function rises({ axis, of }: Of<"rises">, ends: Ends, summary: Summary): Found {
  const [first, last] = atEnds(summary, of, axis, ends);
  return found(
    [first, last],
    pairedDifference(last.values, first.values, testRows(summary, of)),
    ({ after, before }) =>
      `${titleOf(summary, of)} ${formatEstimate(before)} at ${ends[0].text}, ${
        formatEstimate(after)
      } at ${ends[1].text}`,
  );
}

function risesWithLog(
  { of }: Of<"rises-with-log">,
  axis: Axis,
  [first, last]: Ends,
  summary: Summary,
): Found {
  const numbers = axis.values.filter((value) => typeof value === "number" && value > 0);
  if (numbers.length < axis.values.length) {
    const text = `the axis "${axis.title}" has values without a logarithm`;
    return { missing: [text], text };
  }
  const reads = axis.values.map((value) =>
    readSeries(summary, { ...of, at: { ...of.at, [axis.name]: value } })
  );
  const whole = summary.study.seeds.filter((seed) => reads.every(({ values }) => values.has(seed)));
  const fitted = whole.map((seed) => {
    const points = reads.map(({ values }, at) => ({
      x: Math.log(Number(axis.values[at])),
      y: values.get(seed)!,
    }));
    return [seed, endsOfFit(points)] as const;
  });
  const end = (at: 0 | 1) => new Map(fitted.map(([seed, ends]) => [seed, ends[at]]));
  return found(
    reads,
    pairedDifference(end(1), end(0), testRows(summary, of)),
    ({ after, before }) =>
      `on the line that fits best, over the logarithm, ${titleOf(summary, of)} ${
        formatEstimate(before)
      } at ${first.text}, ${formatEstimate(after)} at ${last.text}`,
  );
}

function fallsMore({ axis, more, less }: Of<"falls-more">, ends: Ends, summary: Summary): Found {
  const reads = [more, less].map((series) => atEnds(summary, series, axis, ends));
  const [a, b] = reads.map(([first, last]) => minus(first.values, last.values));
  return found(
    reads.flat(),
    pairedDifference(a!, b!, testRows(summary, more, less)),
    ({ after, before }) =>
      `from ${ends[0].text} to ${ends[1].text}, ${titleOf(summary, more)} falls by ${
        formatEstimate(after)
      } and ${titleOf(summary, less)} by ${formatEstimate(before)}`,
  );
}

function atEnds(
  summary: Summary,
  series: ClaimSeries,
  axis: string,
  ends: Ends,
): [SeriesRead, SeriesRead] {
  return ends.map(({ value }) =>
    readSeries(summary, { ...series, at: { ...series.at, [axis]: value } })
  ) as [SeriesRead, SeriesRead];
}
