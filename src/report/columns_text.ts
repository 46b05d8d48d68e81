/** Columns of numbers on the terminal: at most 80 characters wide. */
import { type Estimate, formatScore } from "../results/estimate.ts";

export const tableWidth = 80;
const cellWidth = 11;
/** Before the further lines of a long label. */
export const indent = "  ";

/** A column: its heading, and a cell for each row. */
export interface Column {
  readonly title: string;
  readonly cells: readonly string[];
}

/** What stands on the lines before a row, and in front of it. */
export interface Label {
  readonly heading: readonly string[];
  readonly label: readonly string[];
}

/** Labels of that width, and the columns behind them: those that do not fit stand in a block of their own below. */
export function columnLines(
  labels: readonly Label[],
  width: number,
  all: readonly Column[],
): string[] {
  const line = (label: string, columns: readonly Column[], text: (column: Column) => string) =>
    label.padEnd(width) + columns.map((one) => text(one).padStart(widthOf(one))).join("");
  return blocks(all, tableWidth - width).flatMap((columns, index) => [
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

/** The mark takes the place of the space, so that a cell stays as wide as without. */
export function cell(
  estimate: Estimate | undefined,
  format: (value: number) => string,
  mark = "",
): string {
  if (!estimate) return "–";
  const { mean, spread } = estimate;
  const spreadText = spread === undefined ? "" : `${mark === "" ? " " : ""}±${formatScore(spread)}`;
  return format(mean) + mark + spreadText;
}
