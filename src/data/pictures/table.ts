/** A table of paths as a collection: CSV, JSON lines or Parquet with a column that says where the pictures are. */
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { UserError } from "../../pipeline/errors.ts";
import { readTable } from "../../tables/read.ts";
import type { Table } from "../../tables/table.ts";
import type { Split } from "../split.ts";
import type { CollectionRows } from "./collection.ts";
import { findColumn, labelsOf } from "./columns.ts";
import { fingerprintOf, type Sign, signOf } from "./fingerprint.ts";
import { amount, type Notes, someOf } from "./notes.ts";
import { partOfWord, partWords } from "./part_words.ts";
import { Turn } from "./turn.ts";

/** Names of columns, in any case; the first that is there is taken. */
const pathColumns = "path file filename file_name filepath file_path image image_path img".split(
  " ",
);
const splitColumns = ["split", "part", "subset"];

/** Its pictures are those of the rows, by their paths. Throws a UserError where the table has none. */
export async function tableCollection(
  path: string,
  signal: AbortSignal,
  notes: Notes,
): Promise<CollectionRows> {
  const table = await readTable(path);
  const folder = dirname(path);
  const rows = pathsOf(table, path)
    .map((cell, row) => ({ name: nameOf(resolve(folder, cell), folder), row }))
    .sort((a, b) => a.name < b.name ? -1 : 1);
  checkOnce(rows, path);
  const names = rows.map(({ name }) => name);
  const fileOf = (row: number) => resolve(folder, names[row]!);
  const order = rows.map(({ row }) => row);
  const sorted = new Map(
    [...table.columns].map(([name, cells]) => [name, order.map((row) => cells[row])]),
  );
  return {
    names,
    pieceOf: (row) => ({ file: fileOf(row), range: null, seconds: null }),
    fingerprint: fingerprintOf(await signsOf(names, fileOf, path, signal, notes)),
    labels: labelsOf(sorted, { of: path, rowName: (at) => rowName(order[at]!) }),
    parts: partsOf(sorted, path, (at) => rowName(order[at]!)),
  };
}

/** `rows`: sorted by name. */
function checkOnce(rows: readonly { readonly name: string; readonly row: number }[], path: string) {
  rows.forEach(({ name, row }, at) => {
    const next = rows[at + 1];
    if (next?.name !== name) return;
    const places = [row, next.row].sort((a, b) => a - b).map(rowName).join(" and ");
    throw new UserError(
      `Cannot open ${path}: it needs each picture once, found ${
        JSON.stringify(name)
      } in ${places}. Leave ` +
        'one out; several labels of a picture go into one cell, as in "a;b".',
    );
  });
}

/** Rows are counted from 1, without the header. */
function rowName(row: number): string {
  return `row ${row + 1}`;
}

function pathsOf({ columns, rows, nested }: Table, path: string): string[] {
  const name = findColumn(columns.keys(), pathColumns);
  if (name === undefined) {
    const found = [...columns.keys(), ...nested.map((name) => `${name} (structs)`)].join(", ");
    throw new UserError(
      `Cannot open ${path}: it needs a column with the paths of the pictures, called one of ` +
        `${pathColumns.join(", ")}, found ${
          found || "no column"
        }. Rename yours; of pictures that lie in ` +
        "the file itself make a data set with the package datasets (save_to_disk).",
    );
  }
  const cells = columns.get(name)!;
  const wrong = cells.findIndex((cell) => typeof cell !== "string" || cell.trim() === "");
  if (wrong >= 0) {
    throw new UserError(
      `Cannot open ${path}: it needs a path in each of the ${rows} rows of "${name}", found ` +
        `${shown(cells[wrong])} in ${rowName(wrong)}. Fill it in, or leave the row out.`,
    );
  }
  return cells as string[];
}

function shown(cell: unknown): string {
  return typeof cell === "string" ? JSON.stringify(cell) : String(cell);
}

/** Below the table's folder the path from there, the same wherever that folder lies; else the whole path. */
function nameOf(file: string, folder: string): string {
  const below = relative(folder, file);
  return below.startsWith("..") || isAbsolute(below) ? file : below;
}

/** Of what is not there, too: the index says so of each. That none is there is a mistake in the paths. */
async function signsOf(
  names: readonly string[],
  fileOf: (row: number) => string,
  path: string,
  signal: AbortSignal,
  notes: Notes,
): Promise<Sign[]> {
  const signs: Sign[] = [];
  const missing: string[] = [];
  const turn = new Turn(signal);
  for (const [row, name] of names.entries()) {
    if (turn.isOver) await turn.next();
    const sign = signOf(name, fileOf(row));
    if (sign.bytes === null) missing.push(name);
    signs.push(sign);
  }
  if (missing.length > 0 && missing.length === names.length) {
    throw new UserError(
      `Cannot open ${path}: it needs paths that are absolute or begin at its folder, found none of ` +
        `${names.length} there, the first is ${fileOf(0)}. Move the table, or mend the paths.`,
    );
  }
  if (missing.length > 0) {
    notes.say(`files that are not there: ${amount(missing.length)} (${someOf(missing)})`);
  }
  return signs;
}

function partsOf(
  columns: ReadonlyMap<string, readonly unknown[]>,
  path: string,
  rowName: (row: number) => string,
): Split[] | null {
  const name = findColumn(columns.keys(), splitColumns);
  if (name === undefined) return null;
  return columns.get(name)!.map((cell, row) => {
    const part = partOfWord(String(cell ?? ""));
    if (part) return part;
    throw new UserError(
      `Cannot open ${path}: it needs one of ${partWords} in each row of "${name}", found ` +
        `${shown(cell)} in ${rowName(row)}. Mend it, or rename the column.`,
    );
  });
}
