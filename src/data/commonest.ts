/** Rows that have one of the commonest labels (paper, section 5.3: videos with one of the m commonest verbs). */
import { UserError } from "../pipeline/errors.ts";
import { shuffled } from "./draw.ts";

export type CommonestDraw = {
  /** Labels that count, the commonest of all rows; every label where null. */
  readonly labels: number | null;
  /** Rows to draw of those that have one. */
  readonly rows: number;
  readonly seed: number;
};

export interface Commonest {
  /** Rising, each once. */
  readonly rows: readonly number[];
  /** Rising. */
  readonly classes: readonly number[];
}

/**
 * Draws among the rows of the commonest classes; of two that are equally common the lower one counts first. `given`: the
 * class of each row, below `classes`. Whether a row is drawn before another depends on the seed and on the two rows
 * only. Throws a UserError where there are too few labels or rows.
 */
export function drawCommonest(
  given: readonly number[],
  classes: number,
  { labels, rows, seed }: CommonestDraw,
): Commonest {
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of given) counts[label]!++;
  const there = [...counts.keys()].filter((label) => counts[label]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b);
  if (labels !== null && there.length < labels) {
    throw new UserError(
      `Cannot draw images with one of the ${labels} commonest labels: it needs that many labels, found ` +
        `${there.length}. Ask for fewer.`,
    );
  }
  const commonest = new Set(there.slice(0, labels ?? undefined));
  const having = [...given.keys()].filter((row) => commonest.has(given[row]!));
  if (having.length < rows) {
    const which = labels === null ? "a label" : `one of the ${labels} commonest labels`;
    throw new UserError(
      `Cannot draw ${rows} images with ${which}: it needs that many, found ${having.length} among ` +
        `${given.length}. Ask for fewer, or for more labels.`,
    );
  }
  return {
    rows: shuffled(seed, having, (row) => `row ${row}`).slice(0, rows).sort((a, b) => a - b),
    classes: [...commonest].sort((a, b) => a - b),
  };
}
