/** The result as plain text for the terminal: at most 80 columns. */
import {
  type ArmScore,
  candidatesOf,
  type Contrast,
  contrasts,
  hasPoints,
  measurementsOf,
  rivalsOf,
  type ScoreRow,
  scoreRows,
} from "../results/contrast.ts";
import { count } from "../results/count.ts";
import { type Estimate, formatScore, formatSigned } from "../results/estimate.ts";
import { singleSeedMargin } from "../results/paired.ts";
import type { Point } from "../results/point.ts";
import type { ArmFacts } from "../results/study.ts";
import type { Summary } from "../results/summary.ts";
import { listed, pointText } from "../results/words.ts";
import { convergenceNote, markOf } from "./convergence.ts";
import { cell, type Column, columnLines, indent, type Label, tableWidth } from "./columns_text.ts";
import { featureLines } from "./feature_lines.ts";
import { overlapNotes } from "./overlap_notes.ts";
import { probeNotes } from "./probe_notes.ts";
import { testRowLines } from "./test_rows.ts";
import { wrap } from "./wrap.ts";

/** Of the labels: titles of targets, or points. */
const targetWidth = 24;
const pointWidth = 25;

/** The scores, and below them what the features say without labels. */
export function textTable(summary: Summary): string {
  return [
    ...(summary.targets.length > 0 ? scoreLines(summary) : ["No target was probed."]),
    ...featureLines(summary),
  ].map((text) => text.trimEnd()).join("\n");
}

/** For each candidate a row per target: the scores of all arms, then the gain over each teacher and control. With
 * several points a row per point, with the gain over the best of them and the outcome. Columns that do not fit
 * stand in a block of their own below. The last lines say what the numbers are. */
function scoreLines(summary: Summary): string[] {
  const { arms, seeds } = summary.study;
  const candidates = candidatesOf(arms);
  const tables = candidates.length === 0
    ? [table(summary, scoreRows(summary, arms), [])]
    : candidates.map((candidate) => candidateTable(summary, candidate));
  const rivals = rivalsOf(arms);
  const gains = rivals.length === 0
    ? []
    : candidates.map((candidate) =>
      hasPoints(contrasts(summary, candidate))
        ? `vs best = ${candidate.title} - the best of ${listed(rivals.map(({ title }) => title))}`
        : `vs X = ${candidate.title} - X`
    );
  const measured = measurementsOf(scoreRows(summary, arms));
  const note = convergenceNote(measured);
  return [
    ...tables.flatMap((lines) => [...lines, ""]),
    ...wrap(
      ["Last layer, percent", ...gains, `n = ${count(seeds.length, "seed")}`].join("; "),
      tableWidth,
    ),
    seeds.length > 1
      ? "± is the sample standard deviation over seeds; a gain's is paired by seed."
      : `One seed: no spread, and differences under about ${singleSeedMargin} points mean nothing.`,
    ...testRowLines(summary).flatMap((text) => wrap(text, tableWidth)),
    ...probeNotes(measured).flatMap((text) => wrap(text, tableWidth)),
    ...(note === undefined ? [] : [note]),
    ...overlapNotes(summary).flatMap((text) => wrap(text, tableWidth)),
  ];
}

function candidateTable(summary: Summary, candidate: ArmFacts): string[] {
  const all = contrasts(summary, candidate);
  const rivals = rivalsOf(summary.study.arms);
  if (rivals.length === 0) return table(summary, all, []);
  const gains = hasPoints(all)
    ? [
      { title: "vs best", cells: all.map((one) => cell(gainOverBest(one), formatSigned)) },
      { title: "", cells: all.map(({ outcome }) => outcome) },
    ]
    : rivals.map(({ title }, index): Column => ({
      title: `vs ${title}`,
      cells: all.map(({ rivals }) => cell(rivals[index]!.gain, formatSigned)),
    }));
  return table(summary, all, gains);
}

function gainOverBest({ rivals }: Contrast): Estimate | undefined {
  const gains = rivals.flatMap(({ gain }) => gain ?? []);
  return gains.length < rivals.length
    ? undefined
    : gains.reduce((least, gain) => gain.mean < least.mean ? gain : least);
}

/** Lines of at most `tableWidth` characters. `rows`: one at least. */
function table(summary: Summary, rows: readonly ScoreRow[], gains: readonly Column[]): string[] {
  const scores = rows[0]!.scores.map(({ arm }, index): Column => ({
    title: arm.title,
    cells: rows.map(({ scores }) => scoreCell(scores[index]!)),
  }));
  const [labels, width] = hasPoints(rows)
    ? [pointLabels(summary, rows), pointWidth]
    : [targetLabels(rows), targetWidth];
  return columnLines(labels, width, [...scores, ...gains]);
}

const titleOf = ({ target }: ScoreRow) =>
  target.metric === "top-1" ? target.title : `${target.title} (${target.metric})`;

function targetLabels(rows: readonly ScoreRow[]): Label[] {
  return rows.map((row) => ({
    heading: [],
    label: wrap(titleOf(row), targetWidth - indent.length),
  }));
}

/** The target once, on lines of its own, and its points below; no line ends between an axis and its value. */
function pointLabels({ study }: Summary, rows: readonly ScoreRow[]): Label[] {
  const places = (at: Point) =>
    study.axes.flatMap((axis) => pointText(at, [axis]).replaceAll(" ", "\u00a0") || []);
  return rows.map((row, at) => ({
    heading: at > 0 && rows[at - 1]!.target === row.target ? [] : wrap(titleOf(row), tableWidth),
    label: wrap(places(row.at).join(", "), pointWidth - 1)
      .map((text) => ` ${text.replaceAll("\u00a0", " ")}`),
  }));
}

const scoreCell = ({ estimate, measurements }: ArmScore) =>
  cell(estimate, formatScore, markOf(measurements));
