/** Tables as JSON lines: an object for each row. */
import { isJsonObject } from "../pipeline/json.ts";
import { LineError } from "./line_error.ts";
import { cellText } from "./number_text.ts";
import { type ColumnValues, rowsOf, type Table } from "./table.ts";

/** Throws a LineError where a line is no object. Empty lines are no rows. */
export function parseJsonLines(text: string): Table {
  const objects = text.split("\n").flatMap((line, at) =>
    line.trim() === "" ? [] : [parseObject(line, at + 1)]
  );
  const names = new Set(objects.flatMap((object) => Object.keys(object)));
  return {
    rows: objects.length,
    nested: [],
    columns: new Map(
      [...names].map((name) => [
        name,
        objects.map((object) => Object.hasOwn(object, name) ? object[name] : null),
      ]),
    ),
  };
}

function parseObject(line: string, number: number): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new LineError(number, (error as Error).message);
  }
  if (!isJsonObject(value)) throw new LineError(number, "it is no object");
  return value;
}

/** Numbers that are not finite are null. */
export function formatJsonLineTable(columns: Readonly<Record<string, ColumnValues>>): string {
  const entries = Object.entries(columns);
  const lines = Array.from({ length: rowsOf(columns) }, (_, row) => {
    const members = entries.map(([name, values]) =>
      `${JSON.stringify(name)}:${jsonCell(values, row)}`
    );
    return `{${members.join(",")}}\n`;
  });
  return lines.join("");
}

function jsonCell(values: ColumnValues, row: number): string {
  const text = cellText(values, row);
  if (typeof values[row] === "string") return JSON.stringify(text);
  return text === "" ? "null" : text;
}
