import { expect } from "expect";
import { toJsonResult } from "../../src/report/json_result.ts";
import { doubtful, oneSeed, summary } from "./fixture.ts";

Deno.test("toJsonResult() has one row a target with means, gain, its spread and the seeds", () => {
  const { run, seconds, targets } = toJsonResult(summary, "runs/a", 201);
  expect([run, seconds, targets.length]).toEqual(["runs/a", 201, 4]);
  const [first] = targets;
  expect(Object.keys(first!)).toEqual([
    "name",
    "metric",
    "npre",
    "npre2x",
    "ncf",
    "gain",
    "spread",
    "seeds",
    "majorityBaseline",
    "notConverged",
  ]);
  expect(first).toMatchObject({ name: "held-out-names", metric: "top-1", seeds: [7, 8, 9] });
  expect(first).toMatchObject({ majorityBaseline: 1.9, notConverged: [] });
  expect(first!.ncf).toBeCloseTo(49.6, 10);
  expect(first!.gain).toBeCloseTo(4.1, 10);
  expect(first!.spread).toBeCloseTo(0.9, 10);
});

Deno.test("toJsonResult() gives null as the spread of one seed", () => {
  expect(toJsonResult(oneSeed, "a", 1).targets.map(({ spread }) => spread))
    .toEqual([null, null, null, null]);
});

Deno.test("toJsonResult() names the probes that did not converge and counts empty clusters", () => {
  const { targets, clusters } = toJsonResult(doubtful, "a", 1);
  expect(targets.map(({ notConverged }) => notConverged)).toEqual([
    [],
    [{ network: "npre2x", seed: 8, evaluations: 251 }],
    [{ network: "npre", seed: 7, evaluations: 252 }, { network: "ncf", seed: 9, evaluations: 253 }],
    [],
  ]);
  expect(clusters[1]).toEqual({ seed: 8, k: 1500, points: 10_000, empty: 1300, distinct: 200 });
});
