/** How large the samples are, and what is made of them. */
import { expect } from "expect";
import { sampleSize } from "../../../src/method/estimates/cluster.ts";
import { evaluationsAt, evaluationsOf } from "../../../src/method/estimates/measure.ts";
import { spread } from "../../../src/method/estimates/pictures.ts";

Deno.test("small clusterings are measured whole, large ones by the same share of rows and clusters", () => {
  expect(sampleSize(10_000, 500, 128)).toEqual({ rows: 10_000, k: 500 });
  const { rows, k } = sampleSize(1_000_000, 10_000, 2048);
  expect(rows * k * 2048).toBeLessThan(5e9);
  expect(rows * 2048).toBeLessThanOrEqual(8e6 + 2048);
  expect(k / 10_000).toBeCloseTo(rows / 1_000_000, 3);
  expect(sampleSize(1e9, 2, 8).k).toBe(1);
});

Deno.test("a weaker penalty takes more evaluations, up to the most that a fit makes", () => {
  const [weak, one, most] = [0.01, 1, 1e6].map(evaluationsAt);
  expect(weak).toBeGreaterThan(15);
  expect(weak).toBeLessThan(25);
  expect(one).toBe(60);
  expect(most).toBe(250);
});

Deno.test("a probe computes the loss at each cost; by SGD that of each batch, at each learning rate", () => {
  expect(evaluationsOf({ probe: "logistic", costs: [1, 1] }, 1000, 9)).toBe(120);
  const sgd = { ...{ learningRates: [0.1, 1, 2], epochs: 5, batchSize: 256, drops: 2 }, seed: 1 };
  const rest = { momentum: 0.9, weightDecay: 0 };
  expect(evaluationsOf({ probe: "sgd", sgd: { ...sgd, ...rest } }, 1025, 9)).toBe(3 * 5 * 5);
  const svm = { costs: [0.1, 1], folds: 3 };
  expect(evaluationsOf({ probe: "svm", svm }, 1000, 9)).toBe(9 * (2 * 3 + 1));
});

Deno.test("spread() takes pictures in even steps, from the first on", () => {
  const all = Array.from({ length: 10 }, (_, at) => at);
  expect(spread(all, 5)).toEqual([0, 2, 4, 6, 8]);
  expect(spread(all, 4)).toHaveLength(4);
  expect(spread(all, 20)).toEqual(all);
});
