/** The data sets of the paper as text for the terminal. */
import type { PublishedSet } from "../data/published/data_set.ts";
import { sizeText } from "../data/published/complete.ts";
import { wrap } from "../report/wrap.ts";

const width = 80;

/** Of each its name, size and metric, what the paper does with it, and how its folder is laid out. */
export function datasetsText(sets: readonly PublishedSet[]): string {
  return sets.flatMap(({ name, title, size, paper, metric, samples, use, layout }) => [
    `${name}: ${title}`,
    ...indented(`${sizeText(size, samples)} (the paper: ${paper.rows}); ${metric}`, 2),
    ...indented(use, 2),
    ...layout.flatMap((line) => indented(line.trimStart(), line.startsWith(" ") ? 6 : 4)),
    "",
  ]).join("\n").trimEnd();
}

/** Further lines stand two columns to the right. */
function indented(text: string, columns: number): string[] {
  return wrap(text, width - columns - 2)
    .map((line, at) => " ".repeat(at === 0 ? columns : columns + 2) + line);
}
