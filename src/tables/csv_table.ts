/** Tables as CSV: the first row names the columns. */
import { type CsvRow, formatCsv, parseCsv } from "./csv.ts";
import { LineError } from "./line_error.ts";
import { cellText } from "./number_text.ts";
import { type ColumnValues, rowsOf, type Table } from "./table.ts";

export type Separator = "," | "\t";

/** Throws a LineError where a row has not a field for each column. */
export function parseCsvTable(text: string, separator: Separator): Table {
  const [header, ...rows] = parseCsv(text, separator);
  if (header === undefined) throw new LineError(1, "it has no header");
  const names = header.fields;
  const other = separator === "," && names.length === 1
    ? names[0]!.match(/[;\t|]/)?.[0]
    : undefined;
  if (other !== undefined) {
    const text = JSON.stringify(other);
    throw new LineError(header.line, `its fields are separated by ${text}, which has to be ","`);
  }
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new LineError(header.line, `two columns are called "${twice}"`);
  const uneven = rows.find(({ fields }) => fields.length !== names.length);
  if (uneven) throw new LineError(uneven.line, describe(uneven, names.length));
  return {
    rows: rows.length,
    nested: [],
    columns: new Map(names.map((name, at) => [name, rows.map(({ fields }) => fields[at]!)])),
  };
}

function describe({ fields }: CsvRow, columns: number): string {
  return `it has ${fields.length} fields, the header has ${columns}`;
}

export function formatCsvTable(
  columns: Readonly<Record<string, ColumnValues>>,
  separator: Separator,
): string {
  const values = Object.values(columns);
  const rows = Array.from(
    { length: rowsOf(columns) },
    (_, row) => values.map((column) => cellText(column, row)),
  );
  return formatCsv([Object.keys(columns), ...rows], separator);
}
