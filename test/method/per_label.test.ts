import { expect } from "expect";
import fc from "fast-check";
import { clustersPerLabel } from "../../src/method/per_label.ts";

Deno.test("clustersPerLabel() shares K out by the square roots of the labels' rows", () => {
  expect(clustersPerLabel(6, [1, 4, 9])).toEqual([1, 2, 3]);
  expect(clustersPerLabel(60, [100, 400, 900])).toEqual([10, 20, 30]);
});

Deno.test("clustersPerLabel() rounds by the largest remainders, the first of equals", () => {
  expect(clustersPerLabel(4, [9, 9, 9])).toEqual([2, 1, 1]);
  // 10 * 3 / 9 = 3.33, 10 * 6 / 9 = 6.67
  expect(clustersPerLabel(10, [9, 36])).toEqual([3, 7]);
});

Deno.test("clustersPerLabel() gives each label with rows from one cluster to one a row, and K in all", () => {
  const sizes = fc.array(fc.nat(50), { minLength: 1, maxLength: 20 }).filter((all) =>
    all.some((size) => size > 0)
  );
  fc.assert(fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), (sizes, share) => {
    const labels = sizes.filter((size) => size > 0).length;
    const rows = sizes.reduce((sum, size) => sum + size, 0);
    const k = labels + Math.round(share * (rows - labels));
    const counts = clustersPerLabel(k, sizes);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(k);
    counts.forEach((count, label) => {
      const size = sizes[label] ?? 0;
      expect(count).toBeGreaterThanOrEqual(Math.min(size, 1));
      expect(count).toBeLessThanOrEqual(size);
    });
  }));
});

/** Every way to share k out among the labels, each from 1 to its rows. */
function* shares(k: number, [size, ...others]: readonly number[]): Generator<number[]> {
  if (size === undefined) {
    if (k === 0) yield [];
    return;
  }
  for (let count = Math.min(size, 1); count <= Math.min(size, k); count++) {
    for (const rest of shares(k - count, others)) yield [count, ...rest];
  }
}

Deno.test("clustersPerLabel() is the nearest of all ways to share K out, in squares, where bounds bind too", () => {
  const sizes = fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }).filter((all) =>
    all.some((size) => size > 0)
  );
  fc.assert(fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), (sizes, share) => {
    const labels = sizes.filter((size) => size > 0).length;
    const rows = sizes.reduce((sum, size) => sum + size, 0);
    const k = labels + Math.round(share * (rows - labels));
    const roots = sizes.map(Math.sqrt);
    const total = roots.reduce((sum, root) => sum + root, 0);
    const away = (counts: readonly number[]) =>
      counts.reduce((sum, count, at) => sum + (count - k * roots[at]! / total) ** 2, 0);
    const best = Math.min(...[...shares(k, sizes)].map(away));
    expect(away(clustersPerLabel(k, sizes))).toBeCloseTo(best, 9);
  }));
});

Deno.test("clustersPerLabel() refuses a K that cannot be shared out", () => {
  for (const k of [1, 14]) {
    expect(() => clustersPerLabel(k, [4, 0, 9])).toThrow(
      `Cannot cluster per label: it needs K from 2, one for each label, to 13, the rows, found ${k}.`,
    );
  }
});
