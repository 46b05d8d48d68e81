/** Tables: rows under named columns. */

/** A table as it was read. Cells are as the file has them: text from CSV, JSON's values from JSON lines (null
 * where a line lacks the column), Parquet's from Parquet, its whole numbers as numbers. */
export interface Table {
  readonly rows: number;
  /** By name, in the order of the file; one cell for each row. */
  readonly columns: ReadonlyMap<string, readonly unknown[]>;
  /** Columns of Parquet that hold structs, such as whole pictures: they are not read. */
  readonly nested: readonly string[];
}

/** A column to write. Its type is that of the values: text, int32, float32 or float64. */
export type ColumnValues = readonly string[] | Int32Array | Float32Array | Float64Array;

/** Rows of columns to write. Throws a RangeError where they differ. */
export function rowsOf(columns: Readonly<Record<string, ColumnValues>>): number {
  const lengths = new Set(Object.values(columns).map(({ length }) => length));
  const [rows] = lengths;
  if (rows === undefined || lengths.size > 1) {
    throw new RangeError(
      `Cannot write a table: it needs columns of one length, found ${
        [...lengths].join(", ") || "none"
      }.`,
    );
  }
  return rows;
}
