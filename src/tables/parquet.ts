/** Tables as Parquet, by hyparquet. */
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { type BasicType, parquetWriteBuffer } from "hyparquet-writer";
import { type ColumnValues, rowsOf, type Table } from "./table.ts";

/** Rejects with hyparquet's error where the file is no Parquet. */
export async function readParquet(path: string): Promise<Table> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const rows = Number(metadata.num_rows);
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  const columns = new Map(names.map((name) => [name, new Array<unknown>(rows).fill(null)]));
  await parquetRead({
    file,
    metadata,
    compressors,
    onChunk({ columnName, columnData, rowStart, rowEnd }) {
      const column = columns.get(columnName)!;
      for (let row = rowStart; row < rowEnd; row++) column[row] = plain(columnData[row - rowStart]);
    },
  });
  return { rows, columns };
}

/** Whole numbers as numbers, also in lists; one that no number can hold exactly stays a bigint. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

export function formatParquet(columns: Readonly<Record<string, ColumnValues>>): Uint8Array {
  rowsOf(columns);
  const columnData = Object.entries(columns).map(([name, data]) => ({
    ...{ name, nullable: false, type: typeOf(data) },
    data: [...data],
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function typeOf(values: ColumnValues): BasicType {
  if (values instanceof Int32Array) return "INT32";
  if (values instanceof Float32Array) return "FLOAT";
  return values instanceof Float64Array ? "DOUBLE" : "STRING";
}
