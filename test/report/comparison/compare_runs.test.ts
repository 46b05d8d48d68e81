import { expect } from "expect";
import { compareRuns } from "../../../src/report/comparison/compare_runs.ts";
import { comparisonSchema } from "../../../src/report/comparison/comparison.ts";
import { RunTracker } from "../../../src/pipeline/status.ts";
import { attempt, origin, started } from "../../pipeline/events.ts";
import { arm, axis, measure, scores, summaryOf, target } from "../../results/summaries.ts";
import { curve, openRunOf, recordOf, runOf } from "./runs.ts";

const arms = [arm("npre", "teacher"), arm("ncf", "candidate", "k")];
const [npre, ncf] = arms;

/** One K, on which Ncf scored that at seeds 1, 2, 3. */
const atOneK = (k: number, values: readonly (number | null)[], test = 4000) =>
  summaryOf({
    ...{ arms, axes: [axis("k", [k])], targets: [{ ...target("t"), test }] },
    measurements: [...scores("npre", {}, "t", [50, 52, 54]), ...scores("ncf", { k }, "t", values)],
  });

Deno.test("scores stand beside each other as mean and sample standard deviation, and gains are paired by seed", () => {
  const { scores: rows } = compareRuns([
    runOf(atOneK(20, [60, 62, 64])),
    runOf(atOneK(20, [64, 65, 69])),
  ]);
  expect(rows.map(({ target, arm, title, at }) => [target, arm, title, at]))
    .toEqual([["t", "npre", "NPRE", {}], ["t", "ncf", "NCF", {}]]);
  const [, { scores: [a, b], gains }] = rows as [unknown, typeof rows[number]];
  expect([a!.mean, a!.spread, b!.mean]).toEqual([62, 2, 66]);
  expect(b!.spread).toBeCloseTo(Math.sqrt(7), 10);
  expect(b!.values).toEqual([{ seed: 1, value: 64 }, { seed: 2, value: 65 }, {
    seed: 3,
    value: 69,
  }]);
  // By seed +4, +3, +5: mean 4, spread 1. The margin is the largest spread of the three, that of b.
  expect(gains).toEqual([null, {
    ...{ mean: 4, spread: 1, seeds: [1, 2, 3], verdict: "higher" },
    margin: expect.closeTo(Math.sqrt(7), 10),
  }]);
});

Deno.test("stages that an earlier attempt of the run made are not said to have been there already", () => {
  const t = (second: number) => `2026-01-02T03:04:0${second}.000Z`;
  const began = { type: "run-started", attempt: { run: "toy", ...attempt } } as const;
  const reused = (node: string) => ({ t: t(6), type: "reused", node }) as const;
  const events = [
    { t: t(0), ...began },
    { t: t(1), type: "reused", node: "others", origin: { ...origin, run: "other" } },
    { t: t(1), type: "reused", node: "unknown" },
    { t: t(1), type: "reused", node: "namesake", origin },
    { t: t(2), ...started("own") },
    { t: t(3), type: "finished", node: "own", seconds: 1 },
    { t: t(4), ...started("unsaid") },
    { t: t(5), ...began },
    ...["others", "unknown", "namesake", "own", "unsaid"].map(reused),
  ] as const;
  const tracker = new RunTracker(
    ["others", "unknown", "namesake", "own", "unsaid"].map((id) => ({ id, stage: id, title: id })),
  );
  for (const event of events) tracker.take(event);
  const run = openRunOf(atOneK(20, [60]), { status: tracker.status(), events });
  expect(compareRuns([run, run]).runs[0]).toMatchObject({ stagesDone: 5, stagesReused: 3 });
});

Deno.test("a run that scores lower by more than the margin, as high, or within it, is said to", () => {
  const verdictOf = (values: readonly number[]) =>
    compareRuns([runOf(atOneK(20, [60, 62, 64])), runOf(atOneK(20, values))])
      .scores.find(({ arm }) => arm === "ncf")!.gains[1]!.verdict;
  expect(verdictOf([55, 57, 59])).toBe("lower");
  expect(verdictOf([60, 62, 64])).toBe("equal");
  expect(verdictOf([61, 63, 65])).toBe("undecided");
});

Deno.test("a few rows of a small test set are noise, whatever the spread", () => {
  const ncfOf = (test: number) =>
    compareRuns([runOf(atOneK(20, [60, 62, 64], test)), runOf(atOneK(20, [65, 67, 69], test))])
      .scores.find(({ arm }) => arm === "ncf")!.gains[1]!;
  expect(ncfOf(4000)).toMatchObject({ margin: 2, verdict: "higher" });
  expect(ncfOf(50)).toMatchObject({ margin: 6, verdict: "undecided" }); // three rows of 50
});

Deno.test("runs with one K each share a row; where one has several, each K has its own", () => {
  const single = compareRuns([runOf(atOneK(20, [60])), runOf(atOneK(40, [61]))]).scores;
  expect(single.map(({ title, scores }) => [title, ...scores.map((one) => one?.mean)]))
    .toEqual([["NPRE", 52, 52], ["NCF", 60, 61]]);
  const ks = [40, 20];
  const both = summaryOf({
    ...{ arms: [ncf!], axes: [axis("k", ks)] },
    measurements: ks.flatMap((k) => scores("ncf", { k }, "t", [k, k + 2])),
  });
  const several = compareRuns([runOf(both), runOf(atOneK(40, [50, 60]))]).scores;
  expect(several.map(({ title, at, scores }) => [title, at, ...scores.map((one) => one?.mean)]))
    .toEqual([
      ["NCF, k 20", { k: 20 }, 21, undefined],
      ["NCF, k 40", { k: 40 }, 41, 55],
      ["NPRE", {}, undefined, 52],
    ]);
});

Deno.test("without a seed that both have, or on other test rows, there is no difference, and it is said", () => {
  const first = runOf(atOneK(20, [60, null, null]));
  const otherSeed = compareRuns([first, runOf(atOneK(20, [null, 61, 62]))]);
  expect(otherSeed.scores.find(({ arm }) => arm === "ncf")!.gains).toEqual([null, null]);
  expect(otherSeed.verdicts).toEqual([
    "B scores higher than A by more than the spread over 3 seeds in none of 1 comparison; lower in 0, " +
    "equal in 1, undecided in 0. Not compared: 1 row with other test rows, or without a seed that both have.",
  ]);
  const otherRows = compareRuns([first, runOf(atOneK(20, [61], 3999))]);
  expect(otherRows.scores.flatMap(({ gains }) => gains)).toEqual([null, null, null, null]);
  expect(otherRows.verdicts[0]).toMatch(
    /^B cannot be compared with A: 2 rows with other test rows/,
  );
});

Deno.test("another baseline or number of classes is another test", () => {
  const one = atOneK(20, [60]);
  const changed = [
    { ...one, targets: one.targets.map((target) => ({ ...target, classes: 5 })) },
    { ...one, measurements: one.measurements.map((score) => ({ ...score, baseline: 20 })) },
  ];
  for (const other of changed) {
    const { scores } = compareRuns([runOf(one), runOf(other)]);
    expect(scores.flatMap(({ gains }) => gains)).toEqual([null, null, null, null]);
  }
});

Deno.test("runs on different targets, by different metrics and with different arms have rows of their own", () => {
  const first = summaryOf({
    ...{ arms: [npre!], targets: [target("t"), { ...target("u"), metric: "mAP" }] },
    measurements: [
      ...scores("npre", {}, "t", [50]),
      ...scores("npre", {}, "u", [30]).map((one) => ({ ...one, metric: "mAP" })),
    ],
  });
  const second = summaryOf({
    ...{ arms: [arm("other", "control")], targets: [target("u"), target("v")] },
    measurements: [...scores("other", {}, "u", [40]), ...scores("other", {}, "v", [20])],
  });
  const { scores: rows, verdicts } = compareRuns([runOf(first), runOf(second)]);
  expect(rows.map(({ target, metric, arm, scores }) => [
    ...[target, metric, arm],
    ...scores.map((score) => score?.mean ?? null),
  ])).toEqual([
    ["t", "top-1", "npre", 50, null],
    ["u", "mAP", "npre", 30, null],
    ["u", "top-1", "other", null, 40],
    ["v", "top-1", "other", null, 20],
  ]);
  expect(verdicts).toEqual(["B measured nothing that A measured too."]);
});

Deno.test("the verdict counts rows against the first run, for each other run", () => {
  const { verdicts } = compareRuns([
    runOf(atOneK(20, [60, 62, 64])),
    runOf(atOneK(20, [70, 72, 74])),
    runOf(atOneK(20, [50, 52, 54])),
  ]);
  const says = (letter: string, higher: string, lower: number) =>
    `${letter} scores higher than A by more than the spread over 3 seeds in ${higher} of 2 ` +
    `comparisons; lower in ${lower}, equal in 1, undecided in 0.`;
  expect(verdicts).toEqual([says("B", "1", 0), says("C", "none", 1)]);
});

Deno.test("a run without results is compared by its config, its time and its curves", () => {
  const done = atOneK(20, [60]);
  const comparison = compareRuns([
    runOf(done, { record: recordOf({ k: 20 }) }),
    openRunOf(done, {
      record: recordOf({ k: 40 }),
      curves: [curve("ncf", [3, 2], { at: { k: 40 } })],
    }),
  ]);
  expect(comparison.verdicts).toEqual(["B has no results: it is running."]);
  expect(comparison.config.map(({ name, values }) => [name, ...values])).toEqual([[
    "k",
    "20",
    "40",
  ]]);
  expect(comparison.scores.map(({ scores: [, b] }) => b)).toEqual([null, null]);
  expect(comparison.curves.map(({ run, arm, at, points }) => [run, arm, at, points.length]))
    .toEqual([[1, "ncf", {}, 2]]);
  expect(comparison.runs.map(({ state, measured }) => [state, measured]))
    .toEqual([["finished", true], ["running", false]]);
});

Deno.test("a damaged run, of which nothing can be read, is one of the runs", () => {
  const { runs, config, verdicts } = compareRuns([
    runOf(atOneK(20, [60]), { record: recordOf({ k: 20 }) }),
    {
      name: "bad",
      state: "damaged",
      message: "run.json is missing",
      curves: [],
      attempts: [],
      events: [],
    },
  ]);
  expect(runs[1]).toMatchObject({ name: "bad", title: "bad", message: "run.json is missing" });
  expect(config).toEqual([]);
  expect(verdicts).toEqual(["B has no results: it is damaged."]);
});

Deno.test("measures of features stand beside each other without a verdict", () => {
  const featuresOf = (rank: readonly number[]) =>
    summaryOf({ arms: [npre!], measurements: measure("effective-rank", "npre", rank) });
  const { features } = compareRuns([runOf(featuresOf([8, 10])), runOf(featuresOf([20]))]);
  expect(features).toEqual([{
    ...{ arm: "npre", at: {}, title: "NPRE", armTitle: "NPRE", metric: "effective-rank" },
    metricTitle: "Effective rank",
    values: [{ mean: 9, spread: Math.SQRT2 }, { mean: 20, spread: null }],
  }]);
});

Deno.test("a comparison is JSON, and of the shape that its schema says", () => {
  const comparison = compareRuns([runOf(atOneK(20, [60, 61])), openRunOf(atOneK(40, []))]);
  const read = JSON.parse(JSON.stringify(comparison));
  expect(read).toEqual(comparison);
  expect(comparisonSchema.parse(read)).toEqual(comparison);
});
