import { expect } from "expect";
import { toJsonResult } from "../../src/report/json_result.ts";
import { oneSeed, summary } from "./fixture.ts";

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
  ]);
  expect(first).toMatchObject({ name: "held-out-names", metric: "top-1", seeds: [7, 8, 9] });
  expect(first!.ncf).toBeCloseTo(49.6, 10);
  expect(first!.gain).toBeCloseTo(4.1, 10);
  expect(first!.spread).toBeCloseTo(0.9, 10);
});

Deno.test("toJsonResult() gives null as the spread of one seed", () => {
  expect(toJsonResult(oneSeed, "a", 1).targets.map(({ spread }) => spread))
    .toEqual([null, null, null, null]);
});
