/** Writes a table in the form that its name says. */
import { writeFileAtomic } from "../pipeline/files.ts";
import { formatCsvTable } from "./csv_table.ts";
import { needFormat } from "./format.ts";
import { formatJsonLineTable } from "./json_lines.ts";
import { formatParquet } from "./parquet.ts";
import type { ColumnValues } from "./table.ts";

/** Writes the columns, in their order, to the file `path`, whole or not at all: CSV, TSV, JSON lines or Parquet by
 * the end of its name. The same columns give the same bytes. Throws a UserError where the name is no table's. */
export async function writeTable(
  path: string,
  columns: Readonly<Record<string, ColumnValues>>,
): Promise<void> {
  const format = needFormat(path, "write");
  await writeFileAtomic(path, contents(format, columns));
}

function contents(
  format: ReturnType<typeof needFormat>,
  columns: Readonly<Record<string, ColumnValues>>,
): string | Uint8Array {
  switch (format) {
    case "parquet":
      return formatParquet(columns);
    case "json-lines":
      return formatJsonLineTable(columns);
    default:
      return formatCsvTable(columns, format === "tsv" ? "\t" : ",");
  }
}
