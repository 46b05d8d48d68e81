/** Tables as Parquet, by hyparquet. */
import {
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type SchemaTree,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { type BasicType, parquetWriteBuffer } from "hyparquet-writer";
import { type ColumnValues, rowsOf, type Table } from "./table.ts";

/** Rejects with hyparquet's error where the file is no Parquet. */
export async function readParquet(path: string): Promise<Table> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const rows = Number(metadata.num_rows);
  const all = parquetSchema(metadata).children;
  const nested = all.filter(holdsStructs).map(({ element }) => element.name);
  const names = all.map(({ element }) => element.name).filter((name) => !nested.includes(name));
  const columns = new Map(names.map((name) => [name, new Array<unknown>(rows).fill(null)]));
  await parquetRead({
    file,
    metadata,
    compressors,
    columns: names,
    onChunk({ columnName, columnData, rowStart, rowEnd }) {
      const column = columns.get(columnName)!;
      for (let row = rowStart; row < rowEnd; row++) {
        column[row] = asNumber(columnData[row - rowStart]);
      }
    },
  });
  return { rows, columns, nested };
}

/** Whether anything below a column has several fields; a list has one, its elements. */
function holdsStructs({ children }: SchemaTree): boolean {
  return children.length > 1 || children.some(holdsStructs);
}

/** Whole numbers as numbers, also in lists; one that no number can hold exactly stays a bigint. */
function asNumber(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asNumber);
  return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Numbers that are not finite are null, in a column that may hold nulls. */
export function formatParquet(columns: Readonly<Record<string, ColumnValues>>): Uint8Array {
  rowsOf(columns);
  const columnData = Object.entries(columns).map(([name, values]) => {
    const data = Array.from<string | number, string | number | null>(
      values,
      (value) => typeof value === "string" || Number.isFinite(value) ? value : null,
    );
    return { name, nullable: data.includes(null), type: typeOf(values), data };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function typeOf(values: ColumnValues): BasicType {
  if (values instanceof Int32Array) return "INT32";
  if (values instanceof Float32Array) return "FLOAT";
  return values instanceof Float64Array ? "DOUBLE" : "STRING";
}
