/** Measures of features alone on the terminal: a block below the scores. */
import { hasPoints } from "../results/contrast.ts";
import { formatScore } from "../results/estimate.ts";
import { featureNote, featureRows } from "../results/feature_measures.ts";
import type { Summary } from "../results/summary.ts";
import { pointText } from "../results/words.ts";
import { cell, columnLines, indent, tableWidth } from "./columns_text.ts";
import { wrap } from "./wrap.ts";

const labelWidth = 28;

/** None where nothing was measured of them. */
export function featureLines(summary: Summary): string[] {
  const rows = featureRows(summary);
  if (rows.length === 0) return [];
  const labels = rows.map(({ title, at }) => {
    const point = hasPoints(rows) ? pointText(at, summary.study.axes) : "";
    const text = [title, point].filter(Boolean).join(", ");
    return { heading: [], label: wrap(text, labelWidth - indent.length) };
  });
  const columns = summary.study.arms.map(({ title }, arm) => ({
    title,
    cells: rows.map(({ scores }) => cell(scores[arm]!.estimate, formatScore)),
  }));
  return [
    "",
    "Features, without labels:",
    ...columnLines(labels, labelWidth, columns),
    "",
    ...wrap(featureNote, tableWidth),
  ];
}
