/** Rows as columns on a terminal: what does not fit is cut. */
import { printable } from "../report/printable.ts";

const between = "  ";
/** A column is not made narrower to let others fit. */
const narrowest = 6;

/** Lines of at most `width` characters: the heads, and a line for each row. Columns of numbers stand to the right; the first
 * `keep` columns are cut last. Names and messages come from files that anybody may have made: what a terminal would obey is
 * not printed. */
export function plainTable(
  heads: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
  { width, keep = 0 }: { readonly width: number; readonly keep?: number },
): string[] {
  const cells = [heads, ...rows].map((row) => row.map((cell) => onOneLine(String(cell ?? ""))));
  const right = heads.map((_, at) =>
    rows.length > 0 && rows.every((row) => typeof row[at] === "number" || row[at] === null)
  );
  const widths = fitted(
    heads.map((_, at) => cells.reduce((most, row) => Math.max(most, row[at]!.length), 1)),
    width - between.length * (heads.length - 1),
    keep,
  );
  return cells.map((row) => {
    const padded = row.map((cell, at) => {
      const text = cut(cell, widths[at]!);
      return right[at] ? text.padStart(widths[at]!) : text.padEnd(widths[at]!);
    });
    return cut(padded.join(between), width).trimEnd();
  });
}

/** Columns of the terminal that `stdout` is; Infinity where it is none. */
export function terminalWidth(): number {
  return Deno.stdout.isTerminal() ? Deno.consoleSize().columns : Infinity;
}

/** Printable, on one line. */
export function onOneLine(text: string): string {
  return printable(text.replace(/\s+/g, " "));
}

/** The widest columns behind the first `keep` narrowed until all have room together. */
function fitted(widths: readonly number[], room: number, keep: number): number[] {
  const narrowed = widths.slice(keep);
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  for (; over > 0; over--) {
    const most = Math.max(...narrowed);
    if (most <= narrowest) break;
    narrowed[narrowed.indexOf(most)] = most - 1;
  }
  return [...widths.slice(0, keep), ...narrowed];
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
