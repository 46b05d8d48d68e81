import { expect } from "expect";
import {
  chooseClusters,
  chooseOutliers,
  closeness,
  groupPairs,
} from "../../src/export/cluster_page/choose.ts";

const memberships = (
  labels: readonly number[],
  own: readonly number[],
  others: readonly number[],
) => ({
  labels,
  own: Float64Array.from(own),
  others: Float64Array.from(others),
  second: new Float64Array(own.length),
});

/** Twenty rows of cluster 3, the nearest to its centroid last, and one row of cluster 1. */
const rows = Array.from({ length: 20 }, (_, row) => row);
const chosen = chooseClusters(memberships(
  [...rows.map(() => 3), 1],
  [...rows.map((row) => 20 - row), 50],
  [...rows.map((row) => 100 + (row === 4 ? -70 : row === 6 ? -60 : 0)), 51],
));

Deno.test("the largest cluster comes first, each with its nearest pictures", () => {
  expect(chosen.map(({ id, members }) => [id, members.length])).toEqual([[3, 20], [1, 1]]);
  expect(chosen[0]!.typical).toEqual([19, 18, 17, 16, 15, 14, 13, 12]);
  expect(chosen[1]).toMatchObject({ typical: [20], borderline: [], farthest: [] });
});

Deno.test("borderline pictures have the least margin, and no picture is shown twice", () => {
  const { borderline, farthest } = chosen[0]!;
  expect(borderline).toEqual([4, 6, 0]); // 30 - 16, 40 - 14, 100 - 20
  expect(farthest).toEqual([1, 2, 3]);
});

Deno.test("without another cluster no picture is nearly in one", () => {
  const [only] = chooseClusters(memberships(rows.map(() => 0), rows, rows.map(() => NaN)));
  expect(only!.borderline).toEqual([]);
  expect(only!.farthest).toEqual([19, 18, 17]);
});

Deno.test("outliers are the farthest of all", () => {
  const own = Float64Array.from({ length: 60 }, (_, row) => row === 7 ? 1000 : row);
  expect(chooseOutliers({ own }).slice(0, 3)).toEqual([7, 59, 58]);
});

Deno.test("pairs that share a picture are one group", () => {
  const pair = (a: number, b: number) => ({ rows: [a, b] as const, distance: 0 });
  expect(groupPairs([pair(8, 9), pair(1, 2), pair(4, 2), pair(5, 4), pair(1, 5)]))
    .toEqual([[1, 2, 4, 5], [8, 9]]);
  expect(groupPairs([])).toEqual([]);
});

Deno.test("nearly the same is a tenth of the median distance", () => {
  expect(closeness({ own: Float64Array.of(9, 1, 4, 100, 2) })).toBeCloseTo(0.4, 12);
});
