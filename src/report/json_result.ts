/** The one object that `--json` prints. */
import type { NotConverged, Summary, Target } from "../method/summary.ts";
import { compare } from "./comparison.ts";

export interface JsonTarget {
  readonly name: string;
  readonly metric: Target["metric"];
  /** Means over seeds, percent. */
  readonly npre: number;
  readonly npre2x: number;
  readonly ncf: number;
  /** Mean of Ncf - Npre over seeds, points. */
  readonly gain: number;
  /** Sample standard deviation of `gain` over seeds, points; `null` for one seed. */
  readonly spread: number | null;
  readonly seeds: readonly number[];
  /** Percent correct where the most frequent training class is always answered. */
  readonly majorityBaseline: number;
  /** The probes that did not converge: their scores may be off. */
  readonly notConverged: readonly NotConverged[];
}

export interface JsonResult {
  readonly run: string;
  readonly seconds: number;
  readonly targets: readonly JsonTarget[];
  /** How many clusters are empty, and how many images have features of their own. */
  readonly clusters: readonly Pick<
    Summary["clusters"][number],
    "seed" | "k" | "points" | "empty" | "distinct"
  >[];
}

/** `run` is the run's id or folder, `seconds` what the command took. */
export function toJsonResult(summary: Summary, run: string, seconds: number): JsonResult {
  const targets = summary.targets.map(compare).map(({ target, npre, npre2x, ncf, gain }) => ({
    name: target.name,
    metric: target.metric,
    npre: npre.mean,
    npre2x: npre2x.mean,
    ncf: ncf.mean,
    gain: gain.mean,
    spread: gain.spread ?? null,
    seeds: summary.seeds,
    majorityBaseline: target.majorityBaseline,
    notConverged: target.notConverged,
  }));
  const clusters = summary.clusters.map(({ seed, k, points, empty, distinct }) => ({
    ...{ seed, k, points, empty, distinct },
  }));
  return { run, seconds, targets, clusters };
}
