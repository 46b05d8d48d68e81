/** Where the boxes of a graph stand: a column for each depth, rows in the order that crosses few lines. */

export interface Placed {
  /** From the left. */
  readonly column: number;
  /** From the top; not whole where a column with fewer boxes is centred. */
  readonly row: number;
}

export interface Layout {
  readonly boxes: readonly Placed[];
  /** From a box, over places that no box stands at, to another one. */
  readonly lines: readonly {
    readonly from: number;
    readonly to: number;
    readonly way: readonly Placed[];
  }[];
  readonly columns: number;
  readonly rows: number;
}

/** Of the place of a line, in rows. */
const lineHeight = 0.3;

/** `inputs`: of each box, places of boxes before it. */
export function layOut(inputs: readonly (readonly number[])[]): Layout {
  const direct = withoutDetours(inputs);
  const depths: number[] = [];
  for (const ones of direct) depths.push(Math.max(-1, ...ones.map((one) => depths[one]!)) + 1);
  const columns = Math.max(0, ...depths) + 1;

  // A line over several columns has a place of its own in each of those between.
  const places: { column: number; before: number[]; box?: number }[] = depths.map((
    column,
    box,
  ) => ({
    ...{ column, before: [], box },
  }));
  const ways = direct.flatMap((ones, to) =>
    ones.map((from) => {
      const way: number[] = [];
      let last = from;
      for (let column = depths[from]! + 1; column < depths[to]!; column++) {
        places.push({ column, before: [last] });
        last = places.length - 1;
        way.push(last);
      }
      places[to]!.before.push(last);
      return { from, to, way };
    })
  );

  const rows: number[] = [];
  const heightOf = (at: number) => at < direct.length ? 1 : lineHeight;
  let most = 0;
  const inColumn = Array.from({ length: columns }, (_, column) => {
    const here = [...places.keys()].filter((at) => places[at]!.column === column);
    most = Math.max(most, here.reduce((sum, at) => sum + heightOf(at), 0));
    return here;
  });
  for (const here of inColumn) {
    const wish = new Map(here.map((at, order) => {
      const before = places[at]!.before.map((one) => rows[one]!);
      const mean = before.reduce((sum, row) => sum + row, 0) / before.length;
      return [at, before.length === 0 ? order : mean];
    }));
    const ordered = here.toSorted((a, b) => wish.get(a)! - wish.get(b)! || a - b);
    let top = (most - here.reduce((sum, at) => sum + heightOf(at), 0)) / 2;
    for (const at of ordered) {
      rows[at] = top + heightOf(at) / 2 - 1 / 2;
      top += heightOf(at);
    }
  }
  const placed = (at: number): Placed => ({ column: places[at]!.column, row: rows[at]! });
  return {
    boxes: direct.map((_, at) => placed(at)),
    lines: ways.map(({ from, to, way }) => ({ from, to, way: way.map(placed) })),
    columns,
    rows: most,
  };
}

/** Without an input that another input stands on: the way over that one says it. */
function withoutDetours(inputs: readonly (readonly number[])[]): number[][] {
  const above: Set<number>[] = [];
  for (const ones of inputs) {
    above.push(new Set(ones.flatMap((one) => [one, ...above[one]!])));
  }
  return inputs.map((ones) =>
    [...new Set(ones)].filter((one) => !ones.some((other) => above[other]!.has(one)))
  );
}
