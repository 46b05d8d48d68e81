import { expect } from "expect";
import { kOutcomes } from "../../src/results/k_choice.ts";
import { arm, axis, scores, summaryOf, target } from "./summaries.ts";

const ks = [10, 20];
const summary = summaryOf({
  arms: [arm("ncf", "candidate", "noise", "k")],
  axes: [axis("noise", [0, 50], "%"), axis("k", ks)],
  targets: [target("a"), target("b")],
  seeds: 2,
  measurements: [
    ...scores("ncf", { noise: 0, k: 10 }, "a", [30, 40]),
    ...scores("ncf", { noise: 0, k: 20 }, "a", [36, 38]),
    ...scores("ncf", { noise: 50, k: 10 }, "a", [9, 11]),
    ...scores("ncf", { noise: 50, k: 20 }, "a", [5, 6]),
    ...scores("ncf", { noise: 0, k: 10 }, "b", [1, 2]),
    ...scores("ncf", { noise: 0, k: 20 }, "b", [3, null]),
  ],
});
const choice = (seed: number, noise: number, k: number) => ({ arm: "ncf", seed, at: { noise }, k });

Deno.test("what was chosen for each seed stands beside the best K of all seeds, and the mean of all", () => {
  const choices = [choice(1, 0, 10), choice(2, 0, 20), choice(1, 50, 10), choice(2, 50, 10)];
  const found = kOutcomes(summary, choices, ks);
  expect(found.map(({ title, target, ...one }) => ({ title, target: target.name, ...one })))
    .toEqual([
      {
        ...{ arm: "ncf", title: "NCF, noise 0%", at: { noise: 0 }, target: "a" },
        // seed 1 at 10, seed 2 at 20; in the mean 20 is best
        ...{ chosen: (30 + 38) / 2, best: { k: 20, score: 37 }, any: 36 },
      },
      {
        ...{ arm: "ncf", title: "NCF, noise 50%", at: { noise: 50 }, target: "a" },
        ...{ chosen: 10, best: { k: 10, score: 10 }, any: (10 + 5.5) / 2 },
      },
    ]);
});

Deno.test("a target on which a number has no score is left out", () => {
  expect(
    kOutcomes(summary, [choice(1, 0, 10), choice(2, 0, 10)], ks).map(({ target }) => target.name),
  )
    .toEqual(["a"]);
  expect(kOutcomes(summary, [choice(1, 0, 10)], ks).map(({ target }) => target.name))
    .toEqual(["a", "b"]);
});
