import { expect } from "expect";
import fc from "fast-check";
import {
  estimate,
  estimateGain,
  formatEstimate,
  formatGain,
  formatScore,
  formatSigned,
} from "../../src/results/estimate.ts";

const score = fc.double({ min: 0, max: 100, noNaN: true });

Deno.test("estimate() agrees with the textbook sums over all pairs", () => {
  fc.assert(fc.property(fc.array(score, { minLength: 2, maxLength: 12 }), (values) => {
    const n = values.length;
    const pairs = values.flatMap((a, i) => values.slice(i + 1).map((b) => (a - b) ** 2));
    const variance = pairs.reduce((sum, square) => sum + square, 0) / (n * (n - 1));
    const { mean, spread } = estimate(values);
    expect(mean * n).toBeCloseTo(values.reduce((sum, value) => sum + value, 0), 8);
    expect(spread! ** 2).toBeCloseTo(variance, 8);
  }));
});

Deno.test("estimate() claims no spread for one seed and refuses none", () => {
  expect(estimate([48.2])).toEqual({ mean: 48.2 });
  expect(() => estimate([])).toThrow("needs at least one value");
});

Deno.test("estimateGain() pairs by seed, so that what seeds share cancels", () => {
  const { mean, spread } = estimateGain([50, 60, 70], [48, 58, 68]);
  expect([mean, spread]).toEqual([2, 0]);
  expect(() => estimateGain([1, 2], [1])).toThrow("got 2 and 1 scores");
});

Deno.test("scores have one decimal, gains a sign, and zero neither sign nor minus", () => {
  expect(formatScore(45.45)).toBe("45.5");
  expect([formatSigned(4.06), formatSigned(-1.44), formatSigned(-0.01)])
    .toEqual(["+4.1", "−1.4", "0.0"]);
  expect(formatEstimate({ mean: 45.45, spread: 1.26 })).toBe("45.5 ± 1.3");
  expect(formatEstimate({ mean: 45.45 })).toBe("45.5");
  expect(formatGain({ mean: 4.1, spread: 1.23 })).toBe("+4.1 ± 1.2");
  expect(formatGain({ mean: -4.1 })).toBe("−4.1");
});
