import { expect } from "expect";
import { featureSummary } from "../results/summaries.ts";
import { toJsonResult } from "../../src/report/json_result.ts";
import { doubtful, noisySummary, oneSeed, summary } from "./fixture.ts";

Deno.test("toJsonResult() has one row a target with the scores of all arms and the gains over each", () => {
  const { run, seconds, experiment, seeds, targets } = toJsonResult(summary, "runs/a", 201);
  expect([run, seconds, experiment, seeds, targets.length])
    .toEqual(["runs/a", 201, "default", [7, 8, 9], 4]);
  const [first] = targets;
  expect(first).toMatchObject({
    target: "held-out-names",
    metric: "top-1",
    at: { k: 1500 },
    baseline: 1.9,
  });
  expect(first).toMatchObject({ candidate: "ncf", outcome: "won", notConverged: [] });
  expect(Object.keys(first!.scores)).toEqual(["npre", "npre2x", "ncf"]);
  expect(first!.scores.ncf?.mean).toBeCloseTo(49.6, 10);
  expect(first!.scores.npre2x?.spread).toBeCloseTo(0.9, 10);
  expect(Object.keys(first!.gains)).toEqual(["npre", "npre2x"]);
  expect(first!.gains.npre?.mean).toBeCloseTo(4.1, 10);
  expect(first!.gains.npre?.spread).toBeCloseTo(0.9, 10);
  expect(first!.gains.npre?.margin).toBeCloseTo(1.3, 10);
});

Deno.test("toJsonResult() gives null as the spread of one seed", () => {
  const { targets } = toJsonResult(oneSeed, "a", 1);
  expect(targets.map(({ scores }) => scores.ncf?.spread)).toEqual([null, null, null, null]);
  expect(targets.map(({ gains }) => gains.npre?.spread)).toEqual([null, null, null, null]);
});

Deno.test("toJsonResult() names the probes that did not converge and counts empty clusters", () => {
  const { targets, clusterings } = toJsonResult(doubtful, "a", 1);
  expect(targets.map(({ notConverged }) => notConverged)).toEqual([
    [],
    [{ arm: "npre2x", seed: 8, evaluations: 251 }],
    [{ arm: "npre", seed: 7, evaluations: 252 }, { arm: "ncf", seed: 9, evaluations: 253 }],
    [],
  ]);
  const found = { arm: "ncf", at: { k: 1500 }, seed: 8, k: 1500, points: 10_000 };
  expect(clusterings[1]).toEqual({ ...found, empty: 1300, distinct: 200 });
});

Deno.test("toJsonResult() has a row for each point, the claims and what is missing", () => {
  const { targets, claims, missing, scale } = toJsonResult(noisySummary, "a", 1);
  expect([targets.length, scale, missing.length]).toEqual([36, "small", 2]);
  expect(targets[1]?.at).toEqual({ noise: 0, k: 400 });
  expect(claims.map(({ id, verdict, expected }) => [id, verdict, expected])).toEqual([
    ["falls", "undecided", "holds"],
    ["clean", "holds", "undecided"],
    ["larger-k", "undecided", "holds"],
  ]);
  expect(claims[1]?.difference?.margin).toBeCloseTo(0.6, 10);
});

Deno.test("the result has the measures of features, in their own list", () => {
  const { features, targets } = toJsonResult(featureSummary, "run", 1);
  expect(targets).toEqual([]);
  expect(features).toEqual([
    {
      ...{ metric: "effective-rank", reference: null, at: {} },
      values: { t: { mean: 40, spread: 1 }, c: { mean: 60, spread: 0 } },
    },
    {
      ...{ metric: "neighbour-agreement", reference: "t", at: {} },
      values: { t: null, c: { mean: 51, spread: 1 } },
    },
  ]);
  expect(toJsonResult(summary, "run", 1).features).toEqual([]);
});
