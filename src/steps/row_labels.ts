/** A label for each row of a matrix, out of a table of the user's. */
import { findLabelColumn, labelsOf } from "../data/pictures/columns.ts";
import type { RowLabels } from "../method/fit_per_label.ts";
import { UserError } from "../pipeline/errors.ts";
import { readTable } from "../tables/read.ts";

/** Stands for no label. */
const unlabelled = -1;

/** The label of each of `rows` rows in the table `path`: its column `label`, or another that a table of pictures may
 * have, even `cluster`. By the column `path` where there is one and the rows have `names`; else the table has a row
 * for each, in their order. With `partly` names that the table lacks have the label -1. Rejects with a UserError where
 * another row has no label, or any has several. */
export async function readRowLabels(
  path: string,
  rows: number,
  names: readonly string[] | undefined,
  { partly = false }: { readonly partly?: boolean } = {},
): Promise<RowLabels> {
  const table = await readTable(path);
  const column = findLabelColumn(table.columns.keys());
  const found = column && labelsOf(table.columns, { of: path, rowName: (row) => `row ${row}` });
  if (!found || found.kind === "multi") {
    const what = column === undefined
      ? `columns ${[...table.columns.keys()].join(", ")}`
      : `none, or several, in "${column}"`;
    throw new UserError(
      `Cannot take labels from ${path}: it needs one label for each row, in a column such as "label", found ` +
        `${what}. Name that column "label".`,
    );
  }
  const classes = found.names.length;
  const paths = names && table.columns.get("path")?.map(String);
  if (!names || !paths) {
    if (found.labels.length === rows) return { labels: found.labels, classes };
    throw new UserError(
      `Cannot take labels from ${path}: it needs one for each of ${rows} rows, found ${found.labels.length}. Give ` +
        "the labels of these features, or a column path where a table of paths lies beside them.",
    );
  }
  const labelOf = new Map(paths.map((name, row) => [name, found.labels[row]!]));
  const isKnown = (name: string) => labelOf.has(name);
  const lacking = partly && names.some(isKnown) ? undefined : names.find((name) => !isKnown(name));
  if (lacking !== undefined) {
    throw new UserError(
      `Cannot take labels from ${path}: it needs one for each path of the features, found none for ${lacking}. ` +
        "Add it, or leave the column path out where both have the same order.",
    );
  }
  return { labels: names.map((name) => labelOf.get(name) ?? unlabelled), classes };
}
