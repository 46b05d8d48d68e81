import { expect } from "expect";
import { comparedScores, pointsOf, select } from "../../src/results/select.ts";
import { arm, axis, scores, summaryOf, target } from "./summaries.ts";

const [one] = scores("a", { k: 10 }, "t", [50]);

Deno.test("select() takes what has every field asked for, at that very point", () => {
  const other = { ...one!, layer: "res4" };
  const elsewhere = { ...one!, at: { k: 10, noise: 0 } };
  const all = [one!, other, elsewhere];
  expect(select(all, { layer: "res4" })).toEqual([other]);
  expect(select(all, { layer: "res5", at: { k: 10 } })).toEqual([one]);
  expect(select(all, { arm: "b" })).toEqual([]);
});

Deno.test("comparedScores() leaves out other layers, parts, poolings, metrics and targets", () => {
  const wanted = scores("a", {}, "t", [50, 60]);
  const measurements = [
    ...wanted.map((score) => ({ ...score, layer: "res4", value: 1 })),
    ...wanted.map((score) => ({ ...score, part: "validation" as const, value: 2 })),
    ...wanted.map((score) => ({ ...score, budget: 9216, value: 3 })),
    ...wanted.map((score) => ({ ...score, metric: "mAP", value: 4 })),
    ...scores("a", {}, "u", [5, 5]),
    ...scores("b", {}, "t", [6, 6]),
    ...wanted,
    ...wanted.map((score) => ({ ...score, probe: "one-vs-rest", value: 7 })),
  ];
  const targets = [target("t"), target("u")];
  expect(comparedScores({ measurements, targets }, "a", "t")).toEqual(wanted);
  expect(comparedScores({ measurements, targets }, "a", "unknown")).toEqual([]);
});

Deno.test("comparedScores() are those of the best layer of each network, where one was chosen", () => {
  const best = scores("a", {}, "t", [50, 60]).map((score, at) => ({
    ...{ ...score, budget: 640, best: true as const, layer: at === 0 ? "res4" : "res3" },
  }));
  const measurements = [
    ...scores("a", {}, "t", [70, 80]),
    ...best.flatMap((score) => [{ ...score, best: undefined, layer: "res2", value: 90 }, score]),
    ...scores("b", {}, "t", [1, 2]),
  ];
  expect(comparedScores({ measurements, targets: [target("t")] }, "a", "t")).toEqual(best);
});

Deno.test("pointsOf() has the points that are missing too, in the order of the axes' values", () => {
  const summary = summaryOf({
    arms: [arm("a", "candidate", "noise", "k")],
    axes: [axis("noise", [0, 50]), axis("k", [100, 20])],
    measurements: [
      ...scores("a", { noise: 50, k: 20 }, "t", [1, 2]),
      ...scores("a", { k: 100, noise: 50 }, "t", [1, 2]),
      ...scores("b", { noise: 0 }, "t", [1]),
    ],
    missing: [{ arm: "a", at: { noise: 0, k: 20 }, seed: 1, node: "n" }],
  });
  expect(pointsOf(summary, "a")).toEqual([
    { noise: 0, k: 20 },
    { noise: 50, k: 100 },
    { noise: 50, k: 20 },
  ]);
});
