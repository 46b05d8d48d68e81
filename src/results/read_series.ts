/** The scores that a claim speaks of. */
import type { ClaimSeries } from "./claim.ts";
import type { BySeed } from "./paired.ts";
import { agree, pointKey } from "./point.ts";
import { comparedScores, pointsOf, pooledScores } from "./select.ts";
import type { Summary } from "./summary.ts";
import { pointText } from "./words.ts";

export interface SeriesRead {
  readonly values: BySeed;
  /** What is not there. */
  readonly missing: readonly string[];
}

/** The mean over the points of a series, of each seed that has them all. */
export function readSeries(summary: Summary, { arm, target, at, layer }: ClaimSeries): SeriesRead {
  const { axes, seeds } = summary.study;
  const points = pointsOf(summary, arm).filter((point) => agree(point, at));
  const all = layer === undefined
    ? comparedScores(summary, arm, target)
    : pooledScores(summary, arm, target, layer);
  const scores = all.filter((score) => agree(score.at, at));
  const name = [armTitle(summary, arm), layer, "on", targetTitle(summary, target)]
    .filter((part) => part !== undefined).join(" ");
  if (scores.length === 0) {
    const where = pointText(at, axes);
    return { values: new Map(), missing: [name + (where && ` at ${where}`)] };
  }
  const values = new Map<number, number>();
  const missing: string[] = [];
  for (const seed of seeds) {
    const own = scores.filter((score) => score.seed === seed);
    const there = new Set(own.map(({ at }) => pointKey(at)));
    const lost = points.filter((point) => !there.has(pointKey(point)));
    if (lost.length === 0) {
      values.set(seed, own.reduce((sum, { value }) => sum + value, 0) / own.length);
    } else {
      const where = lost.map((point) => pointText(point, axes)).filter(Boolean).join("; ");
      missing.push(`${name}, seed ${seed}${where && ` (${where})`}`);
    }
  }
  return { values, missing };
}

/** Of the smallest test set among theirs. */
export function testRows({ targets }: Summary, ...series: readonly ClaimSeries[]): number {
  const tested = targets.filter(({ name }) => series.some(({ target }) => target === name));
  return Math.min(...tested.map(({ test }) => test));
}

const armTitle = ({ study }: Summary, id: string) =>
  study.arms.find((arm) => arm.id === id)?.title ?? id;

const targetTitle = ({ study }: Summary, name: string) =>
  `“${study.targets.find((target) => target.name === name)?.title ?? name}”`;

/** `Ncf`, or `Ncf (K 400)` where the series is of some points only. */
export function titleOf(summary: Summary, { arm, at, layer }: ClaimSeries): string {
  const where = [pointText(at, summary.study.axes), layer].filter(Boolean).join(", ");
  return armTitle(summary, arm) + (where && ` (${where})`);
}
