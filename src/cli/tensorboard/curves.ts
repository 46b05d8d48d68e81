/** The numbers of a run as TensorBoard shows them. */
import type { EventPoint } from "../../engine/mod.ts";
import type { RunRecord } from "../../pipeline/record.ts";
import { type Snapshot, trainingStage } from "../../registry/followed_run.ts";
import { samePoint } from "../../results/point.ts";
import { comparedScores } from "../../results/select.ts";
import type { CurvePoint, Series, Summary } from "../../results/summary.ts";
import type { EventTimes } from "./event_times.ts";

/** A curve, or a score: a curve of one point. */
export interface Curve {
  /** What TensorBoard calls a run: a network of this one, as a path of folders. */
  readonly run: string;
  readonly tag: string;
  readonly points: readonly EventPoint[];
}

type Whose = Pick<Series, "arm" | "at" | "seed">;

/** Loss, accuracy and learning rate against epochs, and the scores of a run that published them. */
export function curvesOf(
  { record, curves, summary }: Snapshot,
  times: Pick<EventTimes, "epochEnd" | "last">,
): Curve[] {
  const trained = curves.flatMap((series) => trainingCurves(series, nodeOf(series, record), times));
  return summary ? [...trained, ...scores(summary, times.last)] : trained;
}

function trainingCurves(
  series: Series,
  node: string,
  times: Pick<EventTimes, "epochEnd">,
): Curve[] {
  const of = (tag: string, read: (point: CurvePoint) => number | null): Curve => ({
    ...{ run: runOf(series), tag },
    points: series.points.flatMap((point) => {
      const value = read(point);
      if (value === null) return [];
      return [{ step: point.epoch, value, time: times.epochEnd(node, point.epoch) }];
    }),
  });
  return [
    of("training/loss", ({ loss }) => loss),
    of("training/accuracy", ({ accuracy }) => accuracy),
    of("training/learning-rate", ({ learningRate }) => learningRate),
  ].filter(({ points }) => points.length > 0);
}

/** Those that tables speak of, percent, at the last epoch of their network. */
function scores(summary: Summary, time: number): Curve[] {
  return summary.study.arms.flatMap((arm) =>
    summary.targets.flatMap((target) =>
      comparedScores(summary, arm.id, target.name).map((score) => ({
        ...{ run: runOf(score), tag: `test/${target.name}` },
        points: [{ step: lastEpoch(summary, score), value: score.value, time }],
      }))
    )
  );
}

function lastEpoch({ series }: Summary, whose: Whose): number {
  return series.find((one) => isSame(one, whose))?.points.at(-1)?.epoch ?? 0;
}

/** `ncf,k=500/seed-7` */
function runOf({ arm, at, seed }: Whose): string {
  const point = Object.entries(at).map(([axis, value]) => `,${axis}=${value}`).join("");
  return `${
    encodeURIComponent(arm + point).replaceAll(/%2C|%3D/g, decodeURIComponent)
  }/seed-${seed}`;
}

function nodeOf(whose: Whose, record: RunRecord | undefined): string {
  const node = record?.nodes.find(({ stage, serves }) =>
    stage === trainingStage && serves.some((use) => isSame(use, whose))
  );
  return node?.id ?? "";
}

function isSame(a: Whose, b: Whose): boolean {
  return a.arm === b.arm && a.seed === b.seed && samePoint(a.at, b.at);
}
