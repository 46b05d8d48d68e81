/** Reads a table, in whichever form it is. */
import { explainSystemError, UserError } from "../pipeline/errors.ts";
import { reasonOf } from "../pipeline/reason.ts";
import { parseCsvTable } from "./csv_table.ts";
import { needFormat } from "./format.ts";
import { parseJsonLines } from "./json_lines.ts";
import { readParquet } from "./parquet.ts";
import type { Table } from "./table.ts";

/** The table in the file `path`, whose form its name says: CSV or TSV with a header, JSON lines, Parquet. Rejects
 * with a UserError where the file is none or cannot be read. */
export async function readTable(path: string): Promise<Table> {
  const format = needFormat(path, "read");
  try {
    if (format === "parquet") return await readParquet(path);
    const text = decodeUtf8(await Deno.readFile(path));
    if (format === "json-lines") return parseJsonLines(text);
    return parseCsvTable(text, format === "tsv" ? "\t" : ",");
  } catch (error) {
    const refused = explainSystemError(error, `read the table ${path}`);
    if (refused instanceof UserError) throw refused;
    throw new UserError(
      `Cannot read the table ${path}: it needs a whole file of the form that its name says, found: ` +
        `${reasonOf(error)}. Mend it, or write it again.`,
      { cause: error },
    );
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error("text that is not UTF-8 (Latin-1?), in which it has to be saved", {
      cause: error,
    });
  }
}
