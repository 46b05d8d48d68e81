import { expect } from "expect";
import { convergenceNote, markOf } from "../../src/report/convergence.ts";
import { scores } from "../results/summaries.ts";

const measured = (...evaluations: (number | null)[]) =>
  scores("npre", {}, "t", evaluations.map(() => 50)).map((one, at) => ({
    ...one,
    ...(evaluations[at] !== null && { converged: false, evaluations: evaluations[at] ?? 0 }),
  }));

Deno.test("a score is marked where the probe of any of its seeds did not converge", () => {
  expect(markOf(measured(null, null))).toBe("");
  expect(markOf(measured(null, 251, null))).toBe("†");
  expect(markOf([])).toBe("");
});

Deno.test("a probe that is not fitted cannot fail to converge", () => {
  const given = measured(null).map((one) => ({ ...one, converged: null, evaluations: null }));
  expect([markOf(given), convergenceNote(given)]).toEqual(["", undefined]);
});

Deno.test("the note says within how many evaluations the probes did not converge", () => {
  expect(convergenceNote(measured(null))).toBeUndefined();
  expect(convergenceNote(measured(251, null, 251))).toContain("in 251 evaluations:");
  expect(convergenceNote(measured(251, 17))).toContain("in 17 to 251 evaluations:");
});
