/** Rows that have one of the commonest labels (paper, section 5.3: videos with one of the m commonest verbs). */
import { UserError } from "../pipeline/errors.ts";
import { shuffled, uniform } from "./draw.ts";

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
  /** The classes that count, rising. */
  readonly classes: readonly number[];
  /** Of each of `rows` one of the classes that it has: its place in `classes`. */
  readonly labels: readonly number[];
}

/**
 * Draws among the rows that have one of the commonest classes; of two that are equally common the lower one counts first.
 * `given`: the classes of each row, below `classes`; a row may have none. Whether a row is drawn before another depends on
 * the seed and on the two rows only. Throws a UserError where there are too few labels or rows.
 */
export function drawCommonest(
  given: readonly (readonly number[])[],
  classes: number,
  { labels, rows, seed }: CommonestDraw,
): Commonest {
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of given.flat()) counts[label]!++;
  const there = [...counts.keys()].filter((label) => counts[label]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b);
  if (labels !== null && there.length < labels) {
    throw new UserError(
      `Cannot draw images with one of the ${labels} commonest labels: it needs that many labels, found ` +
        `${there.length}. Ask for fewer.`,
    );
  }
  const commonest = there.slice(0, labels ?? undefined).sort((a, b) => a - b);
  const placeOf = new Map(commonest.map((label, place) => [label, place]));
  const places = given.map((own) => own.flatMap((label) => placeOf.get(label) ?? []));
  const having = [...places.keys()].filter((row) => places[row]!.length > 0);
  if (having.length < rows) {
    const which = labels === null ? "a label" : `one of the ${labels} commonest labels`;
    throw new UserError(
      `Cannot draw ${rows} images with ${which}: it needs that many, found ${having.length} among ` +
        `${given.length}. Ask for fewer, or for more labels.`,
    );
  }
  const drawn = shuffled(seed, having, (row) => `row ${row}`).slice(0, rows).sort((a, b) => a - b);
  return {
    rows: drawn,
    classes: commonest,
    labels: drawn.map((row) => {
      const own = places[row]!;
      return own[Math.floor(uniform(seed, `label of row ${row}`) * own.length)]!;
    }),
  };
}
