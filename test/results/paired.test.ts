import { expect } from "expect";
import fc from "fast-check";
import { pairedDifference } from "../../src/results/paired.ts";

const bySeed = (...values: number[]) => new Map(values.map((value, seed) => [seed, value]));

Deno.test("pairedDifference() takes the largest spread of the two and of their difference as the margin", () => {
  // +1 for every seed (spread 0), but both move by 2 from seed to seed.
  const shared = pairedDifference(bySeed(41, 43, 45), bySeed(40, 42, 44), 4000);
  expect(shared).toMatchObject({ mean: 1, spread: 0, margin: 2, sign: 0 });
  // The two move against each other: the spread of the difference is twice their own.
  const opposed = pairedDifference(bySeed(42.5, 41.5, 40.5), bySeed(39, 40, 41), 4000);
  expect(opposed).toMatchObject({ mean: 1.5, spread: 2, margin: 2, sign: 0 });
  const clear = pairedDifference(bySeed(45, 46, 47), bySeed(40, 41, 42), 4000);
  expect(clear).toMatchObject({ mean: 5, margin: 1, sign: 1, after: { mean: 46, spread: 1 } });
  expect(clear?.before).toEqual({ mean: 41, spread: 1 });
});

Deno.test("pairedDifference() trusts one seed with differences above 1.5 points only", () => {
  const signs = [1.5, 1.6, -1.4, -1.6].map((gain) =>
    pairedDifference(bySeed(gain), bySeed(0), 4000)?.sign
  );
  expect(signs).toEqual([0, 1, 0, -1]);
  expect(pairedDifference(bySeed(1), bySeed(0), 4000)).not.toHaveProperty("spread");
});

Deno.test("pairedDifference() pairs by seed, whatever their order, and leaves out what one lacks", () => {
  const after = new Map([[3, 13], [1, 11], [2, 99]]);
  const before = new Map([[1, 1], [3, 3], [4, 50]]);
  expect(pairedDifference(after, before, 4000)).toMatchObject({
    mean: 10,
    spread: 0,
    seeds: [3, 1],
  });
  expect(pairedDifference(after, new Map([[7, 1]]), 4000)).toBeUndefined();
});

Deno.test("pairedDifference() of the two exchanged has the opposite sign", () => {
  const value = fc.integer({ min: 0, max: 100 });
  const pairs = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 6 });
  fc.assert(fc.property(pairs, fc.constantFrom(5, 4000), (pairs, rows) => {
    const [a, b] = [0, 1].map((at) => bySeed(...pairs.map((pair) => pair[at]!)));
    const [there, back] = [
      pairedDifference(a!, b!, rows)!,
      pairedDifference(b!, a!, rows)!,
    ];
    expect(back.mean).toBeCloseTo(-there.mean, 10);
    expect(back.sign + there.sign).toBe(0);
    expect(back.margin).toBeCloseTo(there.margin, 10);
  }));
});

Deno.test("pairedDifference() trusts more than three rows of the test set only, whatever the spread", () => {
  const rowsOf19 = (...rows: number[]) => bySeed(...rows.map((row) => 100 * row / 19));
  const signs = [1, 3, 4].map((more) =>
    pairedDifference(rowsOf19(8 + more, 8 + more), rowsOf19(8, 8), 19)?.sign
  );
  expect(signs).toEqual([0, 0, 1]);
  expect(pairedDifference(rowsOf19(8), rowsOf19(12), 19)?.sign).toBe(-1);
  expect(pairedDifference(bySeed(1, 1), bySeed(0, 0), 19)?.margin).toBeCloseTo(300 / 19, 10);
});
