/** What the rows of a matrix are called: in a table beside it, as `features` writes one. */
import { extname } from "node:path";
import { UserError } from "../pipeline/errors.ts";
import { isThere } from "../pipeline/files.ts";
import { readTable } from "../tables/read.ts";

/** The column `path` of `x.csv` beside `x.npy`; undefined where there is none. Throws a UserError where it is not
 * one of so many rows. */
export async function rowNames(features: string, rows: number): Promise<string[] | undefined> {
  const path = `${features.slice(0, features.length - extname(features).length)}.csv`;
  if (path === features || !await isThere(path)) return undefined;
  const table = await readTable(path);
  const names = table.columns.get("path");
  if (names === undefined) return undefined;
  if (table.rows !== rows) {
    throw new UserError(
      `Cannot cluster ${features}: it needs a name for each of its ${rows} rows in ${path}, found ` +
        `${table.rows}. Write both again, or move the table away.`,
    );
  }
  return names.map(String);
}
