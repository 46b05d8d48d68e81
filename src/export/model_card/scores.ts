/** What an exported network scored, beside the other arms of its run. */
import { escape, table } from "../../report/markdown.ts";
import { estimate, formatEstimate } from "../../results/estimate.ts";
import { featureRows } from "../../results/feature_measures.ts";
import { agree, samePoint } from "../../results/point.ts";
import { comparedScores } from "../../results/select.ts";
import type { MeasuredTarget, Summary } from "../../results/summary.ts";
import type { Subject } from "../subject.ts";

/** A row for each target; empty where the run has none. */
export function scoresTable(summary: Summary, { arm, network }: Subject): string {
  const { study, targets } = summary;
  if (targets.length === 0) return "";
  const others = study.arms.filter(({ id }) => id !== arm.id);
  const several = study.seeds.length > 1;
  const own = (target: MeasuredTarget) =>
    comparedScores(summary, arm.id, target.name).filter(({ at }) => samePoint(at, network.at));
  const other = (id: string, target: MeasuredTarget) =>
    comparedScores(summary, id, target.name).filter(({ at }) => agree(at, network.at));
  return table(
    [
      "target (classes, test rows)",
      "metric",
      `this network${several ? `, seed ${network.seed}` : ""}`,
      ...several ? [`${arm.title}, all seeds`] : [],
      ...others.map(({ title }) => title),
      "majority",
    ],
    targets.map((target) => {
      const scores = own(target);
      const { title, classes, test, metric } = target;
      return [
        `${escape(title)} (${classes.toLocaleString("en")}, ${test.toLocaleString("en")})`,
        metric,
        text(scores.filter(({ seed }) => seed === network.seed)),
        ...several ? [text(scores)] : [],
        ...others.map(({ id }) => text(other(id, target))),
        text(
          scores.slice(0, 1).flatMap(({ baseline }) =>
            baseline === null ? [] : [{ value: baseline }]
          ),
        ),
      ];
    }),
  );
}

/** A row for each measure that needs no labels; empty where the run has none. Means over seeds. */
export function featuresTable(summary: Summary, { network }: Subject): string {
  const rows = featureRows(summary).filter(({ at }) => agree(at, network.at));
  if (rows.length === 0) return "";
  return table(
    ["measure", ...summary.study.arms.map(({ title }) => title)],
    rows.map((
      { title, scores },
    ) => [escape(title), ...scores.map((score) => text(score.measurements))]),
  );
}

/** Mean and sample standard deviation over seeds. */
function text(scores: readonly { readonly value: number }[]): string {
  return scores.length === 0 ? "" : formatEstimate(estimate(scores.map(({ value }) => value)));
}
