/** A comparison on the terminal: at most 80 columns. */
import { formatScore, formatSigned } from "../../results/estimate.ts";
import { cell, type Column, columnLines, indent, type Label, tableWidth } from "../columns_text.ts";
import { unconvergedMark } from "../convergence.ts";
import { printable } from "../printable.ts";
import { wrap } from "../wrap.ts";
import {
  comparedRuns,
  type ComparedScore,
  type ComparedValue,
  type Comparison,
  estimateOf,
  type RunFacts,
  runLetter,
} from "./comparison.ts";
import { comparisonNotes } from "./notes.ts";
import { stateText } from "./state_text.ts";

const labelWidth = 26;

/** Everything but the curves. */
export function comparisonText(comparison: Comparison): string {
  const { runs, config, resolved, versions, hardware, verdicts } = comparison;
  const sections = [
    runs.flatMap(runLines),
    differenceLines("Config", withDefaults(config)),
    differenceLines("What auto became", resolved),
    differenceLines("Versions", versions),
    differenceLines("Hardware", hardware),
    scoreLines(comparison),
    featureLines(comparison),
    verdicts.flatMap((sentence) => wrap(sentence, tableWidth)),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => printable(line.trimEnd())).join("\n"))
    .join("\n\n");
}

function runLines(run: RunFacts, at: number): string[] {
  const { name, title, message, facts } = run;
  const about = [title, ...facts.map((fact) => fact.join(" "))].join(" · ");
  return [
    `${runLetter(at)}  ${name}`,
    ...[stateText(run), about, message ?? ""].filter(Boolean).flatMap((text) =>
      wrap(text, tableWidth - 3).map((line) => `   ${line}`)
    ),
  ];
}

/** Behind a value that was not asked for, that it is the default. */
function withDefaults(config: Comparison["config"]): ComparedValue[] {
  return config.map(({ name, values, asked }) => ({
    name,
    values: values.map((value, at) => value === null || asked[at] ? value : `${value} (default)`),
  }));
}

/** A row for each key; below them, with a line for each value, the keys whose values do not fit beside each other. */
function differenceLines(title: string, differences: readonly ComparedValue[]): string[] {
  if (differences.length === 0) return title === "Config" ? ["The configs are equal."] : [];
  const letters = differences[0]!.values.map((_, at) => runLetter(at));
  const rows = differences.map(({ name, values }) => ({
    name,
    texts: values.map((value) => value ?? "-"),
  }));
  const nameWidth = Math.max(title.length, ...rows.map(({ name }) => name.length));
  const widest = Math.floor((tableWidth - nameWidth) / letters.length) - 2;
  const short = rows.filter(({ texts }) => texts.every(({ length }) => length <= widest));
  const long = rows.filter((row) => !short.includes(row));
  const widths = letters.map((_, at) =>
    2 + Math.max(1, ...short.map(({ texts }) => texts[at]!.length))
  );
  const line = (name: string, cells: readonly string[]) =>
    name.padEnd(nameWidth) + cells.map((text, at) => text.padStart(widths[at]!)).join("");
  return [
    short.length > 0 ? line(title, letters) : title,
    ...short.map(({ name, texts }) => line(name, texts)),
    ...long.flatMap(({ name, texts }) => [
      name,
      ...texts.flatMap((text, at) =>
        wrap(text, tableWidth - 5).map((line, more) =>
          `${indent}${more === 0 ? letters[at] : " "}${indent}${line}`
        )
      ),
    ]),
  ];
}

function scoreLines(comparison: Comparison): string[] {
  const { scores: rows, runs } = comparison;
  if (rows.length === 0) return [];
  const columns = runs.map((_, at): Column => ({
    title: runLetter(at),
    cells: rows.map(({ scores }) => scoreCell(scores[at]!)),
  }));
  const gains = comparedRuns(comparison).flatMap((at): Column[] => [
    {
      title: `${runLetter(at)} − A`,
      cells: rows.map(({ gains }) => cell(estimateOf(gains[at]), formatSigned)),
    },
    { title: "", cells: rows.map(({ gains }) => gains[at]?.verdict ?? "") },
  ]);
  const labels = rows.map((row, at): Label => {
    const before = rows[at - 1];
    const isNew = before?.target !== row.target || before.metric !== row.metric;
    const metric = row.metric === "top-1" ? "" : ` (${row.metric})`;
    return {
      heading: isNew ? wrap(row.targetTitle + metric, tableWidth) : [],
      label: labelOf(row.title),
    };
  });
  return [
    ...columnLines(labels, labelWidth, [...columns, ...gains]),
    "",
    ...comparisonNotes(comparison).flatMap((note) => wrap(note, tableWidth)),
  ];
}

function featureLines({ features, runs }: Comparison): string[] {
  if (features.length === 0) return [];
  const labels = features.map(({ title, metricTitle }, at): Label => ({
    heading: features[at - 1]?.metricTitle === metricTitle ? [] : wrap(metricTitle, tableWidth),
    label: labelOf(title),
  }));
  const columns = runs.map((_, at): Column => ({
    title: runLetter(at),
    cells: features.map(({ values }) => cell(estimateOf(values[at]), formatScore)),
  }));
  return ["Features, without labels:", ...columnLines(labels, labelWidth, columns)];
}

/** No line ends between an axis and its value. */
function labelOf(title: string): string[] {
  const parts = title.split(", ").map((part) => part.replaceAll(" ", "\u00a0"));
  return wrap(parts.join(", "), labelWidth - 2 * indent.length)
    .map((line) => indent + line.replaceAll("\u00a0", " "));
}

function scoreCell(score: ComparedScore | null): string {
  return cell(estimateOf(score), formatScore, score?.converged === false ? unconvergedMark : "");
}
