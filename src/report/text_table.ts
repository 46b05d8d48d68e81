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
import { wrap } from "./wrap.ts";

const tableWidth = 80;
const cellWidth = 11;
/** Of the labels: titles of targets, or points. */
const targetWidth = 24;
const pointWidth = 25;
/** Before the further lines of a long label. */
const indent = "  ";

/** A column: its heading, and a cell for each row. */
interface Column {
  readonly title: string;
  readonly cells: readonly string[];
}

/** For each candidate a row per target: the scores of all arms, then the gain over each teacher and control. With
 * several points a row per point, with the gain over the best of them and the outcome. Columns that do not fit
 * stand in a block of their own below. The last lines say what the numbers are. */
export function textTable(summary: Summary): string {
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
  const note = convergenceNote(measurementsOf(scoreRows(summary, arms)));
  return [
    ...tables.flatMap((lines) => [...lines, ""]),
    ...wrap(
      ["Last layer, percent", ...gains, `n = ${count(seeds.length, "seed")}`].join("; "),
      tableWidth,
    ),
    seeds.length > 1
      ? "± is the sample standard deviation over seeds; a gain's is paired by seed."
      : `One seed: no spread, and differences under about ${singleSeedMargin} points mean nothing.`,
    ...(note === undefined ? [] : [note]),
  ].map((text) => text.trimEnd()).join("\n");
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

/** Lines of at most `tableWidth` characters. */
function table(summary: Summary, rows: readonly ScoreRow[], gains: readonly Column[]): string[] {
  const [first] = rows;
  if (!first) return ["No target was probed."];
  const scores = first.scores.map(({ arm }, index): Column => ({
    title: arm.title,
    cells: rows.map(({ scores }) => scoreCell(scores[index]!)),
  }));
  const [labels, width] = hasPoints(rows)
    ? [pointLabels(summary, rows), pointWidth]
    : [targetLabels(rows), targetWidth];
  const line = (label: string, columns: readonly Column[], text: (column: Column) => string) =>
    label.padEnd(width) + columns.map((one) => text(one).padStart(widthOf(one))).join("");
  return blocks([...scores, ...gains], tableWidth - width).flatMap((columns, index) => [
    ...(index === 0 ? [] : [""]),
    line("", columns, ({ title }) => title),
    ...labels.flatMap(({ heading, label }, row) => {
      const [first = "", ...more] = label;
      return [
        ...heading,
        line(first, columns, ({ cells }) => cells[row]!),
        ...more.map((text) => indent + text),
      ];
    }),
  ]);
}

/** What stands on the lines before a row, and in front of it. */
interface Label {
  readonly heading: readonly string[];
  readonly label: readonly string[];
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

/** Columns in as few blocks of that width as they fit into. */
function blocks(columns: readonly Column[], blockWidth: number): Column[][] {
  const blocks: Column[][] = [];
  let left = 0;
  for (const column of columns) {
    const width = widthOf(column);
    if (blocks.length === 0 || width > left) {
      blocks.push([]);
      left = blockWidth;
    }
    blocks.at(-1)!.push(column);
    left -= width;
  }
  return blocks;
}

const widthOf = ({ title }: Column) => Math.max(cellWidth, title.length + 1);

const scoreCell = ({ estimate, measurements }: ArmScore) =>
  cell(estimate, formatScore, markOf(measurements));

/** The mark takes the place of the space, so that a cell stays as wide as without. */
function cell(
  estimate: Estimate | undefined,
  format: (value: number) => string,
  mark = "",
): string {
  if (!estimate) return "–";
  const { mean, spread } = estimate;
  const spreadText = spread === undefined ? "" : `${mark === "" ? " " : ""}±${formatScore(spread)}`;
  return format(mean) + mark + spreadText;
}
