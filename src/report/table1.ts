/** Table 1 of the paper: what ClusterFit gains over its teacher in each setting, gathered from the experiments that were
 * run. */
import { contrasts } from "../results/contrast.ts";
import { formatSigned } from "../results/estimate.ts";
import type { Difference } from "../results/paired.ts";
import { agree, type Point } from "../results/point.ts";
import type { Summary } from "../results/summary.ts";
import { escape, table } from "./markdown.ts";
import { lineWidth, wrap } from "./wrap.ts";

/** A row of the paper's table: a setting, and what the paper gains on its targets. */
interface Setting {
  readonly title: string;
  /** Name of the experiment that has it, whose arms `ncf` and `npre` are compared at these points. */
  readonly experiment: string;
  readonly at: Point;
  /** Our target, and the paper's with its gain. */
  readonly targets: readonly (readonly [target: string, paper: string])[];
}

export const settings: readonly Setting[] = [
  {
    title: "Fully supervised images",
    experiment: "figure3",
    at: { noise: 0 },
    targets: [["emoji-identity", "ImageNet-9K +2.1"]],
  },
  {
    title: "Weakly supervised images",
    experiment: "table4",
    at: {},
    targets: [["emoji-identity", "ImageNet-9K +4.6"], ["unseen-names", "iNaturalist +5.8"]],
  },
  {
    title: "Weakly supervised videos",
    experiment: "table5",
    at: {},
    targets: [["verbs", "Kinetics +3.2"], ["actions", "Sports1M +4.3"]],
  },
  {
    title: "Self-supervised images",
    experiment: "table6",
    at: {},
    targets: [
      ["held-out-families", "ImageNet-1K +7 to +9"],
      ["all-names", "VOC07 +3 to +7"],
      ["emoji-category", "Places205 +3 to +5"],
    ],
  },
];

/** Its rows, those of the experiments that are there, under a heading; nothing where none is. */
export function table1(summaries: readonly Summary[]): string[] {
  const rows = settings.flatMap((setting) =>
    summaries.filter(({ study }) => study.experiment === setting.experiment)
      .flatMap((summary) => rowsOf(setting, summary))
  );
  if (rows.length === 0) return [];
  return [
    "## Table 1: what ClusterFit gains",
    wrap(
      "How many points of accuracy or mAP Ncf is above its teacher Npre: the least and the most over all K and " +
        "teachers of the experiment, and in how many of these cases it is above, or below, by more than the margin.",
      lineWidth,
    ).join("\n"),
    table(["Setting", "Target", "Ncf − Npre", "Above", "Below", "The paper"], rows),
  ];
}

function rowsOf({ title, at, targets }: Setting, summary: Summary): string[][] {
  return targets.flatMap(([name, paper]) => {
    const gains = gainsOf(summary, name, at);
    const target = summary.targets.find((target) => target.name === name);
    if (!target || gains.length === 0) return [];
    const clear = (wanted: Difference["sign"]) =>
      `${gains.filter(({ sign }) => sign === wanted).length} of ${gains.length}`;
    return [[
      escape(title),
      escape(`${target.title} (${target.metric})`),
      rangeText(gains.map(({ mean }) => mean)),
      clear(1),
      clear(-1),
      escape(paper),
    ]];
  });
}

/** Of Ncf over Npre on one target, at every point: each K, each teacher. */
function gainsOf(summary: Summary, name: string, at: Point): Difference[] {
  const candidate = summary.study.arms.find(({ id }) => id === "ncf");
  if (!candidate) return [];
  return contrasts(summary, candidate)
    .filter(({ target, at: point }) => target.name === name && agree(point, at))
    .flatMap(({ rivals }) => rivals.find(({ arm }) => arm.id === "npre")?.gain ?? []);
}

function rangeText(means: readonly number[]): string {
  const [least, most] = [Math.min(...means), Math.max(...means)].map(formatSigned);
  return least === most ? least! : `${least} to ${most}`;
}
