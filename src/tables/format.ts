/** Which form a table has, by the end of its file's name. */
import { extname } from "node:path";
import { UserError } from "../pipeline/errors.ts";

const byExtension = {
  ".csv": "csv",
  ".tsv": "tsv",
  ".jsonl": "json-lines",
  ".ndjson": "json-lines",
  ".parquet": "parquet",
} as const;

export type TableFormat = (typeof byExtension)[keyof typeof byExtension];

/** What a table's name may end in, for people. */
export const tableExtensions = Object.keys(byExtension).join(", ");

/** The format of a table of that name; undefined where it is no table. */
export function tableFormat(path: string): TableFormat | undefined {
  const extension = extname(path).toLowerCase();
  return Object.entries(byExtension).find(([known]) => known === extension)?.[1];
}

/** The format; throws a UserError where the name is no table's. `verb`: "read" or "write". */
export function needFormat(path: string, verb: "read" | "write"): TableFormat {
  const format = tableFormat(path);
  if (format !== undefined) return format;
  throw new UserError(
    `Cannot ${verb} the table ${path}: it needs a name that ends in one of ${tableExtensions}, found ` +
      `"${extname(path)}". Rename or convert it.`,
  );
}
