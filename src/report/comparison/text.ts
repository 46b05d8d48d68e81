/** A comparison on the terminal: at most 80 columns. */
import { formatScore, formatSigned } from "../../results/estimate.ts";
import { cell, type Column, columnLines, indent, type Label, tableWidth } from "../columns_text.ts";
import { unconvergedMark } from "../convergence.ts";
import { wrap } from "../wrap.ts";
import {
  type ComparedScore,
  type ComparedValue,
  type Comparison,
  estimateOf,
  type RunFacts,
  runLetter,
} from "./comparison.ts";
import { comparisonNotes } from "./notes.ts";
import { printable } from "./printable.ts";
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

/** A row for each key, where its values fit beside each other; else a line for each value. */
function differenceLines(title: string, differences: readonly ComparedValue[]): string[] {
  if (differences.length === 0) return title === "Config" ? ["The configs are equal."] : [];
  const runs = differences[0]!.values.length;
  const letters = Array.from({ length: runs }, (_, at) => runLetter(at));
  const texts = differences.map(({ values }) => values.map((value) => value ?? "-"));
  const widths = letters.map((_, at) => 2 + Math.max(1, ...texts.map((text) => text[at]!.length)));
  const nameWidth = Math.max(title.length, ...differences.map(({ name }) => name.length));
  const width = widths.reduce((sum, width) => sum + width, nameWidth);
  if (width > tableWidth) {
    return [
      `${title}:`,
      ...differences.flatMap(({ name }, row) => [
        indent + name,
        ...letters.flatMap((letter, at) =>
          wrap(texts[row]![at]!, tableWidth - 7).map((line, more) =>
            `    ${more === 0 ? letter : " "}  ${line}`
          )
        ),
      ]),
    ];
  }
  const line = (name: string, cells: readonly string[]) =>
    name.padEnd(nameWidth) + cells.map((text, at) => text.padStart(widths[at]!)).join("");
  return [
    line(title, letters),
    ...differences.map(({ name }, row) => line(name, texts[row]!)),
  ];
}

function scoreLines(comparison: Comparison): string[] {
  const { scores: rows, runs } = comparison;
  if (rows.length === 0) return [];
  const columns = runs.map((_, at): Column => ({
    title: runLetter(at),
    cells: rows.map(({ scores }) => scoreCell(scores[at]!)),
  }));
  const gains = runs.slice(1).flatMap((_, index): Column[] => {
    const at = index + 1;
    return [
      {
        title: `${runLetter(at)} − A`,
        cells: rows.map(({ gains }) => cell(estimateOf(gains[at]), formatSigned)),
      },
      { title: "", cells: rows.map(({ gains }) => gains[at]?.verdict ?? "") },
    ];
  });
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

const labelOf = (title: string) =>
  wrap(title, labelWidth - 2 * indent.length).map((line, at) => at === 0 ? indent + line : line);

function scoreCell(score: ComparedScore | null): string {
  return cell(estimateOf(score), formatScore, score?.converged === false ? unconvergedMark : "");
}
