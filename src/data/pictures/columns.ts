/** What the columns of a table, or the JSON of a shard, say of pictures: their labels. */
import { UserError } from "../../pipeline/errors.ts";
import { multiLabels, singleLabels } from "./classes.ts";
import type { PictureLabels } from "./collection.ts";

/** Names of columns for one label, and for several; in any case, the first that is there is taken. */
const single = ["label", "class", "category", "cls", "label_name", "class_name", "cluster"];
const several = ["labels", "tags", "tag", "classes", "categories"];

/** Whether a column of that name may hold labels. */
export function isLabelColumn(name: string): boolean {
  return [...single, ...several].includes(name.trim().toLowerCase());
}

/** The name of the first of `wanted` that is a column, in any case. */
export function findColumn(
  columns: Iterable<string>,
  wanted: readonly string[],
): string | undefined {
  const there = [...columns];
  for (const name of wanted) {
    const found = there.find((column) => column.trim().toLowerCase() === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The column that holds labels, if any does. */
export function findLabelColumn(columns: Iterable<string>): string | undefined {
  return findColumn(columns, [...single, ...several]);
}

/** The labels of the rows; null where no column has any. A cell may hold one label, or several as a list or, in a
 * column for several, as text parted by ";", "|" or ",". Where no row has several, and each has one, they are
 * single labels. Throws a UserError where some rows of a column for one label have none. */
export function labelsOf(
  columns: ReadonlyMap<string, readonly unknown[]>,
  { of, rowName }: { readonly of: string; rowName(row: number): string },
): PictureLabels | null {
  const name = findLabelColumn(columns.keys());
  if (name === undefined) return null;
  const cells = columns.get(name)!;
  const plural = several.includes(name.trim().toLowerCase());
  const labels = cells.map((cell) => labelsIn(cell, plural));
  const none = labels.flatMap((ofOne, row) => ofOne.length === 0 ? [row] : []);
  if (none.length === cells.length) return null;
  const lists = plural || cells.some(Array.isArray);
  if (none.length === 0 && labels.every(({ length }) => length === 1)) {
    return singleLabels(labels.flat());
  }
  if (lists) return multiLabels(labels);
  throw new UserError(
    `Cannot open ${of}: it needs a label in every row of "${name}" or in none, found ` +
      `${none.length} of ${cells.length} rows without one, the first ${
        rowName(none[0]!)
      }. Fill them in, ` +
      `leave these rows out, or name the column "tags" where a picture may have several labels or none.`,
  );
}

function labelsIn(cell: unknown, plural: boolean): string[] {
  if (Array.isArray(cell)) return cell.flatMap((one) => labelsIn(one, false));
  if (cell === null || cell === undefined) return [];
  const text = String(cell).trim();
  const parts = plural ? text.split(/[;|,]/).map((part) => part.trim()) : [text];
  return parts.filter((part) => part !== "");
}
