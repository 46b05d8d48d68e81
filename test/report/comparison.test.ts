import { expect } from "expect";
import type { Target } from "../../src/method/summary.ts";
import { compare } from "../../src/report/comparison.ts";
import { targets } from "./fixture.ts";

const target = (npre: number[], npre2x: number[], ncf: number[]): Target => ({
  ...targets[0]!,
  scores: { npre, npre2x, ncf },
});

Deno.test("compare() calls a target won only when both gains exceed their margins", () => {
  expect(targets.map(compare).map(({ outcome }) => outcome)).toEqual([
    "won",
    "lost",
    "won",
    "open",
  ]);
});

Deno.test("compare() takes the largest spread of the two networks and of the gain as the margin", () => {
  // The gain is +1 for every seed (spread 0), but the networks move by 2 from seed to seed.
  const shared = compare(target([40, 42, 44], [40, 42, 44], [41, 43, 45]));
  expect(shared.gain).toEqual({ mean: 1, spread: 0, margin: 2, sign: 0 });
  expect(shared.outcome).toBe("open");
  // The networks move against each other: the spread of the gain is twice their own.
  const opposed = compare(target([39, 40, 41], [39, 40, 41], [42.5, 41.5, 40.5]));
  expect(opposed.gain).toEqual({ mean: 1.5, spread: 2, margin: 2, sign: 0 });
});

Deno.test("compare() calls a target lost when only Npre 2x beats Ncf", () => {
  const { gain, gain2x, outcome } = compare(target([40, 40.2], [45, 45.2], [43, 43.2]));
  expect([gain.sign, gain2x.sign, outcome]).toEqual([1, -1, "lost"]);
});

Deno.test("compare() trusts one seed with differences above 1.5 points only", () => {
  const outcomes = [1.4, 1.6, -1.6].map((gain) => compare(target([40], [40], [40 + gain])).outcome);
  expect(outcomes).toEqual(["open", "won", "lost"]);
});
