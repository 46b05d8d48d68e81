import { expect } from "expect";
import type { Claim } from "../../src/results/claim.ts";
import { judge } from "../../src/results/judge.ts";
import { arm, axis, scores, summaryOf, target } from "./summaries.ts";

const claim = (test: Claim["test"]): Claim => ({
  ...{ id: "c", text: "A claim", paper: "Figure 3", expected: "holds" },
  test,
});

const noise = axis("noise", [0, 50, 75], "%");
const k = axis("K", [10, 20]);
const arms = [arm("npre", "teacher", "noise"), arm("ncf", "candidate", "noise", "K")];

const judged = (test: Claim["test"], measurements: ReturnType<typeof scores>, seeds = 3) =>
  judge(claim(test), summaryOf({ arms, axes: [noise, k], seeds, measurements }));

const series = (arm: string, at = {}) => ({ arm, target: "t", at });

Deno.test("higher: paired by seed, averaged over the points that agree", () => {
  const measurements = [
    ...scores("npre", { noise: 75 }, "t", [30, 32, 34]),
    ...scores("npre", { noise: 0 }, "t", [90, 90, 90]),
    ...scores("ncf", { noise: 75, K: 10 }, "t", [40, 41, 42]),
    ...scores("ncf", { noise: 75, K: 20 }, "t", [44, 45, 46]),
    ...scores("ncf", { noise: 0, K: 20 }, "t", [1, 2, 3]),
  ];
  const at = { noise: 75 };
  const test = {
    kind: "higher",
    better: series("ncf", at),
    worse: series("npre", at),
  } as const;
  // By seed: 42 - 30, 43 - 32, 44 - 34.
  const { verdict, difference, text } = judged(test, measurements);
  expect([verdict, difference?.mean, difference?.spread, difference?.margin])
    .toEqual(["holds", 11, 1, 2]);
  expect(text).toBe(
    "NCF (noise 75%) 43.0 ± 1.0, NPRE (noise 75%) 32.0 ± 2.0: +11.0 ± 1.0, margin 2.0",
  );
  const opposite = { ...test, better: test.worse, worse: test.better };
  expect(judged(opposite, measurements).verdict).toBe("does not hold");
});

Deno.test("higher: a difference within the margin is undecided, and a single seed has the fixed margin", () => {
  const test = { kind: "higher", better: series("ncf"), worse: series("npre") } as const;
  const of = (ncf: number[], npre: number[]) =>
    judged(
      test,
      [...scores("ncf", {}, "t", ncf), ...scores("npre", {}, "t", npre)],
      ncf.length,
    );
  expect(of([41, 43, 45], [40, 42, 44]).verdict).toBe("undecided");
  expect(of([41.4], [40]).verdict).toBe("undecided");
  expect(of([41.6], [40]).verdict).toBe("holds");
  expect(of([38.4], [40]).verdict).toBe("does not hold");
  expect(of([41.6], [40]).text).toBe("NCF 41.6, NPRE 40.0: +1.6, margin 1.5");
});

Deno.test("a difference of a few rows of a small test set is undecided in each kind of claim", () => {
  const small = (test: Claim["test"], measurements: ReturnType<typeof scores>) =>
    judge(
      claim(test),
      summaryOf({ arms, axes: [noise, k], targets: [{ ...target("t"), test: 19 }], measurements }),
    ).verdict;
  const at = (value: number, score: number) =>
    scores("npre", { noise: value }, "t", [score, score, score]);
  const flat = [0, 50, 75].flatMap((value) =>
    scores("ncf", { noise: value, K: 10 }, "t", [50, 50, 50])
  );
  const higher = { kind: "higher", better: series("npre"), worse: series("ncf") } as const;
  const rises = { kind: "rises", axis: "noise", of: series("npre") } as const;
  const falls = {
    ...{ kind: "falls-more", axis: "noise" } as const,
    ...{ more: series("ncf"), less: series("npre") },
  };
  for (const [rise, expected] of [[15, "undecided"], [16, "holds"]] as const) {
    const rising = [...at(0, 50), ...at(50, 50 + rise), ...at(75, 50 + rise), ...flat];
    expect(small(rises, rising)).toBe(expected);
    expect(small(falls, rising)).toBe(expected);
    expect(small(higher, [...at(0, 50 + rise), ...flat])).toBe(expected);
  }
});

Deno.test("falls-more: from the first value of the axis to the last, seed by seed", () => {
  const measurements = [
    ...scores("npre", { noise: 0 }, "t", [60, 62, 64]),
    ...scores("npre", { noise: 50 }, "t", [0, 0, 0]),
    ...scores("npre", { noise: 75 }, "t", [40, 41, 42]),
    ...scores("ncf", { noise: 0, K: 10 }, "t", [50, 50, 50]),
    ...scores("ncf", { noise: 75, K: 10 }, "t", [46, 45, 44]),
    ...scores("ncf", { noise: 0, K: 20 }, "t", [54, 54, 54]),
    ...scores("ncf", { noise: 75, K: 20 }, "t", [48, 47, 46]),
  ];
  const test = {
    ...{ kind: "falls-more", axis: "noise" } as const,
    ...{ more: series("npre"), less: series("ncf") },
  };
  // Npre falls by 20, 21, 22; Ncf from 52 by 5, 6, 7.
  const { verdict, difference, text } = judged(test, measurements);
  expect([verdict, difference?.mean, difference?.spread, difference?.margin])
    .toEqual(["holds", 15, 0, 1]);
  expect(text).toBe(
    "from noise 0% to noise 75%, NPRE falls by 21.0 ± 1.0 and NCF by 6.0 ± 1.0: +15.0 ± 0.0, " +
      "margin 1.0",
  );
  const small = { ...test, less: series("ncf", { K: 10 }) };
  // Ncf at K 10 falls by 4, 5, 6.
  expect(judged(small, measurements).difference?.mean).toBe(16);
  const opposite = { ...test, more: test.less, less: test.more };
  expect(judged(opposite, measurements).verdict).toBe("does not hold");
});

Deno.test("rises: the last value of the axis against the first", () => {
  const measurements = [
    ...scores("ncf", { noise: 0, K: 10 }, "t", [50, 51]),
    ...scores("ncf", { noise: 0, K: 20 }, "t", [54, 55]),
    ...scores("ncf", { noise: 75, K: 10 }, "t", [20, 21]),
    ...scores("ncf", { noise: 75, K: 20 }, "t", [22, 23]),
  ];
  const test = { kind: "rises", axis: "K", of: series("ncf") } as const;
  // Over both noises: from 35, 36 to 38, 39.
  const { verdict, difference, text } = judged(test, measurements, 2);
  expect([verdict, difference?.mean, difference?.spread]).toEqual(["holds", 3, 0]);
  expect(text).toBe("NCF 35.5 ± 0.7 at K 10, 38.5 ± 0.7 at K 20: +3.0 ± 0.0, margin 0.7");
  expect(judged({ ...test, axis: "noise" }, measurements, 2).verdict).toBe("does not hold");
});

const size = axis("size", [10, 100, 1000]);
const bySize = (test: Claim["test"], measurements: ReturnType<typeof scores>, axes = [size]) =>
  judge(
    claim(test),
    summaryOf({ arms: [arm("ncf", "candidate", "size")], axes, seeds: 2, measurements }),
  );

Deno.test("rises-with-log: along the line that fits best, over the logarithm of the axis", () => {
  const measurements = [
    ...scores("ncf", { size: 10 }, "t", [50, 53]),
    ...scores("ncf", { size: 100 }, "t", [59, 62]),
    ...scores("ncf", { size: 1000 }, "t", [56, 59]),
  ];
  const test = { kind: "rises-with-log", axis: "size", of: series("ncf") } as const;
  // By hand, seed 1: the mean is 55, the slope (56 - 50) / 2 = 3 for each factor of ten: from 52 to 58.
  const { verdict, difference, text } = bySize(test, measurements);
  expect([verdict, difference?.seeds]).toEqual(["holds", [1, 2]]);
  expect(difference?.mean).toBeCloseTo(6, 9);
  expect(text).toBe(
    "on the line that fits best, over the logarithm, NCF 53.5 ± 2.1 at size 10, 59.5 ± 2.1 at size 1,000: " +
      "+6.0 ± 0.0, margin 2.1",
  );
  const falling = { ...size, values: size.values.toReversed() };
  expect(bySize(test, measurements, [falling]).verdict).toBe("does not hold");
  const lacking = bySize(test, measurements.slice(0, -1));
  expect([lacking.verdict, lacking.difference?.seeds]).toEqual(["undecided", [1]]);
  expect(lacking.text).toContain("not measured: NCF on “Target t”, seed 2 (size 1,000)");
  const zero = bySize(test, measurements, [axis("size", [0, 10])]);
  expect([zero.verdict, zero.text]).toEqual([
    ...["undecided", 'the axis "size" has values without a logarithm'],
  ]);
});

Deno.test("within: less than so many points below, or above", () => {
  const test = {
    ...{ kind: "within", points: 2 } as const,
    ...{ close: series("ncf", { size: 100 }), to: series("ncf", { size: 1000 }) },
  };
  const of = (close: number[], to: number[]) =>
    bySize(test, [
      ...scores("ncf", { size: 100 }, "t", close),
      ...scores("ncf", { size: 1000 }, "t", to),
    ]);
  const near = of([60, 60.4], [60.8, 61.2]);
  expect(near.verdict).toBe("holds");
  expect(near.text).toBe(
    "NCF (size 100) and 2 points 62.2 ± 0.3, NCF (size 1,000) 61.0 ± 0.3: +1.2 ± 0.0, margin 0.3",
  );
  expect(of([70, 70.4], [60.8, 61.2]).verdict).toBe("holds");
  expect(of([60, 60.4], [61.9, 62.3]).verdict).toBe("undecided");
  expect(of([60, 60.4], [63, 63.4]).verdict).toBe("does not hold");
});

Deno.test("a seed that lacks a point leaves the claim undecided and is named, and the others still count", () => {
  const measurements = [
    ...scores("ncf", { noise: 0, K: 10 }, "t", [50, 51, 52]),
    ...scores("ncf", { noise: 0, K: 20 }, "t", [60, 61, null]),
  ];
  const test = { kind: "rises", axis: "K", of: series("ncf") } as const;
  const { verdict, difference, text } = judged(test, measurements);
  expect([verdict, difference?.mean, difference?.seeds]).toEqual(["undecided", 10, [1, 2]]);
  expect(text).toContain("+10.0 ± 0.0, margin 0.7; not measured: NCF on “Target t”, seed 3 (noise");
});

Deno.test("without a measurement, a target or an axis a claim is undecided and says why", () => {
  const test = { kind: "higher", better: series("ncf", { K: 10 }), worse: series("npre") } as const;
  const { text, ...rest } = judged(test, scores("npre", {}, "t", [50, 51, 52]));
  expect(rest).toEqual({ claim: claim(test), verdict: "undecided" });
  expect(text).toBe("not measured: NCF on “Target t” at K 10");
  const elsewhere = { ...test, better: { ...series("ncf"), target: "u" } };
  expect(judged(elsewhere, []).text).toContain("NCF on “u”");
  const other = judged({ kind: "rises", axis: "epochs", of: series("ncf") }, []);
  expect([other.verdict, other.text]).toEqual(["undecided", 'the run has no axis "epochs"']);
  const rises = claim({ kind: "rises", axis: "K", of: series("ncf") });
  const measurements = scores("ncf", { noise: 0, K: 10 }, "t", [50]);
  const single = judge(rises, summaryOf({ arms, axes: [noise, axis("K", [10])], measurements }));
  expect([single.verdict, single.text]).toEqual(["undecided", 'the axis "K" has one value only']);
});

const of = (arm: string, layer: string, values: number[]) =>
  scores(arm, {}, "t", values).map((one) => ({ ...one, layer, budget: 640 }));
const at = (arm: string, layer: string) => ({ ...series(arm), layer });

Deno.test("wider-gap: between layers of each arm, seed by seed", () => {
  const measurements = [
    ...scores("npre", {}, "t", [99, 99, 99]), // what tables compare
    ...of("npre", "res4", [50, 52, 54]),
    ...of("npre", "res5", [40, 41, 42]),
    ...of("ncf", "res4", [60, 60, 60]),
    ...of("ncf", "res5", [58, 59, 60]),
  ];
  const gap = (arm: string) => ({ above: at(arm, "res4"), below: at(arm, "res5") });
  const test = { kind: "wider-gap", wider: gap("npre"), narrower: gap("ncf") } as const;
  // Npre's is 10, 11, 12; Ncf's 2, 1, 0.
  const { verdict, difference, text } = judged(test, measurements);
  expect([verdict, difference?.mean, difference?.spread, difference?.margin])
    .toEqual(["holds", 10, 2, 2]);
  expect(text).toBe(
    "NPRE (res4) − NPRE (res5): +11.0 ± 1.0, NCF (res4) − NCF (res5): +1.0 ± 1.0: +10.0 ± 2.0, margin 2.0",
  );
  const opposite = { ...test, wider: test.narrower, narrower: test.wider };
  expect(judged(opposite, measurements).verdict).toBe("does not hold");
  const lacking = judged(test, measurements.filter(({ layer }) => layer !== "res5"));
  expect(lacking.verdict).toBe("undecided");
  expect(lacking.text).toContain("NPRE res5 on “Target t”");
});
