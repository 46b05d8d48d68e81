/** Which pictures a page of clusters shows. */
import type { Pair } from "../../engine/engine.ts";
import type { Memberships } from "../cluster_files.ts";

export const shownOf = {
  typical: 8,
  borderline: 3,
  farthest: 3,
  outliers: 28,
  groups: 24,
  group: 7,
};

/** Rows of one cluster; none is named twice. */
export interface ChosenCluster {
  readonly id: number;
  readonly members: readonly number[];
  /** Nearest to the centroid. */
  readonly typical: readonly number[];
  /** Those that another centroid is nearly as near to. */
  readonly borderline: readonly number[];
  /** Farthest from the centroid. */
  readonly farthest: readonly number[];
}

/** Every cluster that has a picture, the largest first. */
export function chooseClusters({ labels, own, others }: Memberships): ChosenCluster[] {
  const members = Map.groupBy(Array.from(own.keys()), (row) => labels[row]!);
  return [...members]
    .toSorted(([a, rowsOfA], [b, rowsOfB]) => rowsOfB.length - rowsOfA.length || a - b)
    .map(([id, rows]) => {
      const nearestFirst = by(rows, (row) => own[row]!);
      const typical = nearestFirst.slice(0, shownOf.typical);
      const left = nearestFirst.slice(shownOf.typical);
      const unsure = left.filter((row) => !Number.isNaN(others[row]!));
      const borderline = by(unsure, (row) => others[row]! - own[row]!).slice(0, shownOf.borderline);
      const rest = left.filter((row) => !borderline.includes(row));
      return {
        id,
        members: rows,
        typical,
        borderline,
        farthest: rest.slice(-shownOf.farthest).toReversed(),
      };
    });
}

/** The rows that are farthest from their centroids. */
export function chooseOutliers({ own }: Pick<Memberships, "own">): number[] {
  return by(Array.from(own.keys()), (row) => -own[row]!).slice(0, shownOf.outliers);
}

/** Rows that are linked by pairs, the largest groups first. */
export function groupPairs(pairs: readonly Pair[]): number[][] {
  const parents = new Map<number, number>();
  const rootOf = (row: number): number => {
    let root = row;
    for (let above; (above = parents.get(root)) !== undefined && above !== root;) root = above;
    parents.set(row, root);
    return root;
  };
  for (const { rows: [a, b] } of pairs) parents.set(rootOf(b), rootOf(a));
  const groups = Map.groupBy([...parents.keys()].toSorted((a, b) => a - b), rootOf);
  return [...groups.values()].toSorted((a, b) => b.length - a.length || a[0]! - b[0]!);
}

/** What counts as nearly the same: a tenth of the median distance from a picture to its centroid. */
export function closeness({ own }: Pick<Memberships, "own">): number {
  return 0.1 * own.toSorted()[own.length >> 1]!;
}

/** Sorted by a number, of equals the first row first. */
function by(rows: readonly number[], number: (row: number) => number): number[] {
  return rows.toSorted((a, b) => number(a) - number(b) || a - b);
}
