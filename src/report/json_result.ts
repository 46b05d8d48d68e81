/** The one object that `--json` prints. */
import {
  type ArmScore,
  candidatesOf,
  type Contrast,
  contrasts,
  measurementsOf,
  type Outcome,
} from "../results/contrast.ts";
import type { Estimate } from "../results/estimate.ts";
import { featureRows } from "../results/feature_measures.ts";
import { judge, type Judgement } from "../results/judge.ts";
import { baselineOf } from "../results/select.ts";
import type { Point } from "../results/point.ts";
import type { Summary } from "../results/summary.ts";

/** Percent, or points where it is a difference. */
export interface JsonEstimate {
  /** Over the seeds. */
  readonly mean: number;
  /** Sample standard deviation over the seeds; `null` for one seed. */
  readonly spread: number | null;
}

/** A candidate beside the other arms, on one target at one point. */
export interface JsonContrast {
  /** Name of the target. */
  readonly target: string;
  /** What is measured: "top-1", "mAP". */
  readonly metric: string;
  /** Rows of its test part. */
  readonly testRows: number;
  /** Pictures of its test part that are among those trained on; absent where it was not counted. */
  readonly seen?: number;
  /** Axis -> value. */
  readonly at: Point;
  /** Id of the arm. */
  readonly candidate: string;
  /** By id of the arm, the candidate's too; `null` where it was not measured. */
  readonly scores: Readonly<Record<string, JsonEstimate | null>>;
  /** Candidate minus the other arm, paired by seed; `null` where no seed has both. */
  readonly gains: Readonly<Record<string, JsonEstimate & { readonly margin: number } | null>>;
  /** Of the candidate against the others. */
  readonly outcome: Outcome;
  /** What a constant answer scores, percent. */
  readonly baseline: number | null;
  /** The probes that did not converge: their scores may be off. */
  readonly notConverged: readonly {
    readonly arm: string;
    readonly seed: number;
    readonly evaluations: number | null;
  }[];
}

/** A measure of features alone, of all arms at one point. */
export interface JsonFeatures {
  /** "effective-rank", in dimensions; "neighbour-agreement", in percent. */
  readonly metric: string;
  /** Id of the arm that features are compared with; `null` where they stand alone. */
  readonly reference: string | null;
  /** Axis -> value. */
  readonly at: Point;
  /** By id of the arm; `null` where it was not measured. */
  readonly values: Readonly<Record<string, JsonEstimate | null>>;
}

/** How the images of one clustering fell. */
export interface JsonClustering {
  /** Id of the arm. */
  readonly arm: string;
  /** Axis -> value. */
  readonly at: Point;
  /** Of its random draws. */
  readonly seed: number;
  /** Clusters that were asked for. */
  readonly k: number;
  /** Images. */
  readonly points: number;
  /** Clusters without an image. */
  readonly empty: number;
  /** Images whose features are those of no earlier one. */
  readonly distinct: number;
}

/** What came of a run. */
export interface JsonResult {
  /** Id of the run. */
  readonly run: string;
  /** That it took, wall time. */
  readonly seconds: number;
  /** Name of the experiment. */
  readonly experiment: string;
  /** Name of its size; empty where it has one only. */
  readonly scale: string;
  /** Of its random draws. */
  readonly seeds: readonly number[];
  /** The scores of each candidate beside the other arms. */
  readonly targets: readonly JsonContrast[];
  /** What was claimed before the run, and what became of it. */
  readonly claims: readonly (Pick<Judgement, "verdict" | "text"> & {
    readonly id: string;
    readonly expected: string;
    readonly difference: JsonEstimate & { readonly margin: number } | null;
  })[];
  /** Empty where nothing was measured of features alone. */
  readonly features: readonly JsonFeatures[];
  /** Of each arm that has one. */
  readonly clusterings: readonly JsonClustering[];
  /** What failed stages should have made. */
  readonly missing: Summary["missing"];
}

/** `run` is the run's id or folder, `seconds` what the command took. */
export function toJsonResult(summary: Summary, run: string, seconds: number): JsonResult {
  const { study, clusterings, missing } = summary;
  const { experiment, scale, seeds, arms, claims } = study;
  return {
    ...{ run, seconds, experiment, scale, seeds },
    targets: candidatesOf(arms).flatMap((arm) => contrasts(summary, arm).map(jsonContrast)),
    claims: claims.map((claim) => {
      const { verdict, text, difference } = judge(claim, summary);
      const { id, expected } = claim;
      return { id, verdict, expected, difference: difference ? jsonGain(difference) : null, text };
    }),
    features: featureRows(summary).map(({ metric, reference, at, scores }) => ({
      ...{ metric, reference, at },
      values: jsonScores(scores),
    })),
    clusterings: clusterings.map(({ arm, at, seed, k, points, empty, distinct }) => ({
      ...{ arm, at, seed, k, points, empty, distinct },
    })),
    missing,
  };
}

function jsonContrast(
  { target, at, scores, candidate, rivals, outcome }: Contrast,
): JsonContrast {
  const measurements = measurementsOf([{ scores }]);
  return {
    ...{
      target: target.name,
      metric: target.metric,
      testRows: target.test,
      at,
      candidate: candidate.arm.id,
    },
    ...(target.seen !== undefined && { seen: target.seen }),
    scores: jsonScores(scores),
    gains: Object.fromEntries(
      rivals.map(({ arm, gain }) => [arm.id, gain ? jsonGain(gain) : null]),
    ),
    outcome,
    baseline: baselineOf(measurements),
    notConverged: measurements
      .filter(({ converged }) => converged === false)
      .map(({ arm, seed, evaluations }) => ({ arm, seed, evaluations })),
  };
}

const jsonScores = (scores: readonly ArmScore[]) =>
  Object.fromEntries(
    scores.map(({ arm, estimate }) => [arm.id, estimate ? jsonEstimate(estimate) : null]),
  );

const jsonEstimate = ({ mean, spread }: Estimate): JsonEstimate => ({
  mean,
  spread: spread ?? null,
});

const jsonGain = (gain: Estimate & { readonly margin: number }) => ({
  ...jsonEstimate(gain),
  margin: gain.margin,
});
