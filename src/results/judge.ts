/** A claim against the numbers: does it hold? */
import type { Claim, ClaimSeries } from "./claim.ts";
import { type Estimate, formatGain, formatScore } from "./estimate.ts";
import { endsOfFit } from "./fitted_line.ts";
import { type BySeed, type Difference, pairedDifference } from "./paired.ts";
import { agree, type AxisValue, pointKey } from "./point.ts";
import { comparedScores, pointsOf, pooledScores } from "./select.ts";
import type { Axis } from "./study.ts";
import type { Summary } from "./summary.ts";
import { axisValueText, listed, pointText } from "./words.ts";

/** What became of a claim. */
export interface Judgement {
  /** What was claimed. */
  readonly claim: Claim;
  /** Whether it holds. */
  readonly verdict: Claim["expected"];
  /** What the claim says is above zero, paired by seed; absent where no seed has all of it. */
  readonly difference?: Difference;
  /** The numbers behind the verdict, or what is missing for one. */
  readonly text: string;
}

/**
 * A claim holds where its difference is above zero by more than the margin (see `Difference`) and does not
 * hold where it is as far below. In between it is undecided, and wherever a measurement is missing: which seeds
 * and points fail is no accident.
 *
 * @example A claim of one's own about a run
 * ```ts
 * import { type Claim, judge, openRun, readReportInput } from "clusterfit";
 *
 * const { summary } = await readReportInput(await openRun("runs/mine"));
 * const series = { target: "emoji-identity", at: {} };
 * const claim: Claim = {
 *   ...{ id: "mine", text: "Ncf transfers better than Npre", paper: "", expected: "holds" },
 *   test: { kind: "higher", better: { ...series, arm: "ncf" }, worse: { ...series, arm: "npre" } },
 * };
 * console.log(judge(claim, summary).verdict); // undecided
 * ```
 */
export function judge(claim: Claim, summary: Summary): Judgement {
  const { difference, missing, text } = examine(claim.test, summary);
  const verdict = difference && missing.length === 0 ? verdicts[difference.sign] : "undecided";
  return { claim, verdict, ...(difference && { difference }), text };
}

const verdicts = { [-1]: "does not hold", 0: "undecided", 1: "holds" } as const;

interface Found {
  readonly difference?: Difference;
  readonly missing: readonly string[];
  readonly text: string;
}

function examine(test: Claim["test"], summary: Summary): Found {
  if (test.kind === "higher") return higher(test, summary);
  if (test.kind === "within") return within(test, summary);
  if (test.kind === "wider-gap") return widerGap(test, summary);
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

function higher({ better, worse }: Of<"higher">, summary: Summary): Found {
  const [a, b] = [read(summary, better), read(summary, worse)];
  return found(
    [a, b],
    pairedDifference(a.values, b.values, testRows(summary, better, worse)),
    ({ after, before }) =>
      `${titleOf(summary, better)} ${scoreText(after)}, ${titleOf(summary, worse)} ${
        scoreText(before)
      }`,
  );
}

function within({ points, close, to }: Of<"within">, summary: Summary): Found {
  const [a, b] = [read(summary, close), read(summary, to)];
  const raised = new Map([...a.values].map(([seed, value]) => [seed, value + points]));
  return found(
    [a, b],
    pairedDifference(raised, b.values, testRows(summary, close, to)),
    ({ after, before }) =>
      `${titleOf(summary, close)} and ${points} points ${scoreText(after)}, ${
        titleOf(summary, to)
      } ${scoreText(before)}`,
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
        scoreText(after)
      } and ${titleOf(summary, less)} by ${scoreText(before)}`,
  );
}

function widerGap({ wider, narrower }: Of<"wider-gap">, summary: Summary): Found {
  const gaps = [wider, narrower].map((series) => ({
    series,
    reads: [read(summary, series.above), read(summary, series.below)] as const,
  }));
  const [a, b] = gaps.map(({ reads: [above, below] }) => minus(above.values, below.values));
  const series = [wider, narrower].flatMap(({ above, below }) => [above, below]);
  const [first, second] = [wider, narrower].map(({ above, below }) =>
    `${titleOf(summary, above)} − ${titleOf(summary, below)}`
  );
  return found(
    gaps.flatMap(({ reads }) => reads),
    pairedDifference(a!, b!, testRows(summary, ...series)),
    ({ after, before }) => `${first}: ${scoreText(after)}, ${second}: ${scoreText(before)}`,
  );
}

function rises({ axis, of }: Of<"rises">, ends: Ends, summary: Summary): Found {
  const [first, last] = atEnds(summary, of, axis, ends);
  return found(
    [first, last],
    pairedDifference(last.values, first.values, testRows(summary, of)),
    ({ after, before }) =>
      `${titleOf(summary, of)} ${scoreText(before)} at ${ends[0].text}, ${scoreText(after)} at ${
        ends[1].text
      }`,
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
    read(summary, { ...of, at: { ...of.at, [axis.name]: value } })
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
        scoreText(before)
      } at ${first.text}, ${scoreText(after)} at ${last.text}`,
  );
}

type Of<Kind extends Claim["test"]["kind"]> = Extract<Claim["test"], { kind: Kind }>;

/** The first value of an axis or its last. */
interface End {
  readonly value: AxisValue;
  readonly text: string;
}

type Ends = readonly [first: End, last: End];

function atEnds(summary: Summary, series: ClaimSeries, axis: string, ends: Ends): [Read, Read] {
  return ends.map(({ value }) =>
    read(summary, { ...series, at: { ...series.at, [axis]: value } })
  ) as [Read, Read];
}

/** Of the smallest test set among theirs. */
function testRows({ targets }: Summary, ...series: readonly ClaimSeries[]): number {
  const tested = targets.filter(({ name }) => series.some(({ target }) => target === name));
  return Math.min(...tested.map(({ test }) => test));
}

interface Read {
  readonly values: BySeed;
  /** What is not there. */
  readonly missing: readonly string[];
}

/** The mean over the points of a series, of each seed that has them all. */
function read(summary: Summary, { arm, target, at, layer }: ClaimSeries): Read {
  const { axes, seeds } = summary.study;
  const points = pointsOf(summary, arm).filter((point) => agree(point, at));
  const all = layer === undefined
    ? comparedScores(summary, arm, target)
    : pooledScores(summary, arm, target, layer);
  const scores = all.filter((score) => agree(score.at, at));
  const name = [armTitle(summary, arm), layer, "on", targetTitle(summary, target)]
    .filter((part) => part !== undefined).join(" ");
  if (scores.length === 0) {
    const where = pointText(at, axes);
    return { values: new Map(), missing: [name + (where && ` at ${where}`)] };
  }
  const values = new Map<number, number>();
  const missing: string[] = [];
  for (const seed of seeds) {
    const own = scores.filter((score) => score.seed === seed);
    const there = new Set(own.map(({ at }) => pointKey(at)));
    const lost = points.filter((point) => !there.has(pointKey(point)));
    if (lost.length === 0) {
      values.set(seed, own.reduce((sum, { value }) => sum + value, 0) / own.length);
    } else {
      const where = lost.map((point) => pointText(point, axes)).filter(Boolean).join("; ");
      missing.push(`${name}, seed ${seed}${where && ` (${where})`}`);
    }
  }
  return { values, missing };
}

function found(
  reads: readonly Read[],
  difference: Difference | undefined,
  say: (difference: Difference) => string,
): Found {
  const missing = [...new Set(reads.flatMap((one) => one.missing))];
  const numbers = difference &&
    `${say(difference)}: ${formatGain(difference)}, margin ${formatScore(difference.margin)}`;
  const lacking = missing.length > 0 && `not measured: ${listed(missing)}`;
  return {
    ...(difference && { difference }),
    missing,
    text: [numbers, lacking].filter(Boolean).join("; "),
  };
}

/** Seed by seed, where both have it. */
function minus(a: BySeed, b: BySeed): BySeed {
  return new Map(
    [...a].flatMap(([seed, value]) => b.has(seed) ? [[seed, value - b.get(seed)!]] : []),
  );
}

const armTitle = ({ study }: Summary, id: string) =>
  study.arms.find((arm) => arm.id === id)?.title ?? id;

const targetTitle = ({ study }: Summary, name: string) =>
  `“${study.targets.find((target) => target.name === name)?.title ?? name}”`;

/** `Ncf`, or `Ncf (K 400)` where the series is of some points only. */
function titleOf(summary: Summary, { arm, at, layer }: ClaimSeries): string {
  const where = [pointText(at, summary.study.axes), layer].filter(Boolean).join(", ");
  return armTitle(summary, arm) + (where && ` (${where})`);
}

const scoreText = ({ mean, spread }: Estimate) =>
  formatScore(mean) + (spread === undefined ? "" : ` ± ${formatScore(spread)}`);
