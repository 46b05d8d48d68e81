/** A Hugging Face data set saved on the disk (`save_to_disk`) as a collection: pictures that lie in its Arrow files
 * are ranges of bytes of them. */
import { basename, join, resolve } from "node:path";
import type { Engine } from "../../engine/engine.ts";
import { isThere } from "../../pipeline/files.ts";
import type { CollectionRows, PictureLabels, Piece } from "./collection.ts";
import { labelsOf } from "./columns.ts";
import { fingerprintOf, type Sign, signOf } from "./fingerprint.ts";
import { amount, type Notes } from "./notes.ts";
import { partOfWord } from "./part_words.ts";
import { PieceColumns } from "./piece_columns.ts";
import { readSaved, readSplits, type SavedLabel } from "./saved_features.ts";

/** Whether a folder holds a saved `Dataset`, a saved `DatasetDict`, or neither. */
export async function savedKind(folder: string): Promise<"set" | "dict" | undefined> {
  const has = (name: string) => isThere(join(folder, name));
  if (await has("dataset_dict.json")) return "dict";
  return await has("dataset_info.json") && await has("state.json") ? "set" : undefined;
}

type Engines = Pick<Engine, "containers">;

interface Row {
  readonly name: string;
  readonly split: string;
  readonly piece: Piece;
  readonly label: unknown;
}

/** Rows are named by their number, `train/00000012`, as the data set itself counts them. */
export async function savedCollection(
  folder: string,
  kind: "set" | "dict",
  engine: Engines,
  signal: AbortSignal,
  notes: Notes,
): Promise<CollectionRows> {
  const splits = kind === "dict" ? await readSplits(folder) : [""];
  const rows: Row[] = [];
  const signs: Sign[] = [];
  for (const split of splits) {
    const { files, image, label } = await readSaved(join(folder, split));
    let number = 0;
    for (const file of files) {
      signs.push(signOf(join(split, basename(file)), file));
      for (const one of await rowsIn(file, { image, label }, engine, signal)) {
        const name = join(split, String(number++).padStart(8, "0"));
        if (one.piece) rows.push({ name, split, piece: one.piece, label: one.label });
        else notes.leave("rows without a picture", name);
        if (one.piece?.range === null) signs.push(signOf(name, one.piece.file));
      }
    }
  }
  rows.sort((a, b) => a.name < b.name ? -1 : 1);
  const parts = rows.flatMap(({ split }) => partOfWord(split) ?? []);
  const pieces = PieceColumns.of(rows.map(({ piece }) => piece));
  return {
    names: rows.map(({ name }) => name),
    pieceOf: (row) => pieces.at(row),
    fingerprint: fingerprintOf(signs),
    labels: labelled(rows, notes),
    parts: parts.length === rows.length && new Set(parts).size > 1 ? parts : null,
  };
}

/** None where some rows have none: parts for tests are often published without. */
function labelled(rows: readonly Row[], notes: Notes): PictureLabels | null {
  const none = rows.filter(({ label }) => label === null);
  if (none.length > 0) {
    if (none.length < rows.length) {
      const [some, all] = [amount(none.length), amount(rows.length)];
      notes.say(`no labels: ${some} of ${all} rows have none, the first is ${none[0]!.name}`);
    }
    return null;
  }
  const columns = new Map([["label", rows.map(({ label }) => label)]]);
  return labelsOf(columns, { of: "its rows", rowName: (row) => rows[row]!.name });
}

async function rowsIn(
  file: string,
  { image, label }: { readonly image: string; readonly label: SavedLabel | null },
  engine: Engines,
  signal: AbortSignal,
): Promise<{ readonly piece: Piece | undefined; readonly label: unknown }[]> {
  const columns = { image, label: label?.column ?? null };
  const { offsets, lengths, paths, labels } = await engine.containers.arrowImages(file, columns, {
    signal,
  });
  return paths.map((path, row) => {
    const [offset, bytes] = [offsets[row]!, lengths[row]!];
    const embedded = { file, range: { offset, bytes }, seconds: null };
    const beside = path === null
      ? undefined
      : { file: resolve(file, "..", path), range: null, seconds: null };
    return { piece: offset >= 0 ? embedded : beside, label: named(labels?.[row] ?? null, label) };
  });
}

/** A number by its name; -1 is what the hub writes for "not labelled". */
function named(cell: unknown, label: SavedLabel | null): unknown {
  if (Array.isArray(cell)) return cell.map((one) => named(one, label));
  if (!label?.names || typeof cell !== "number") return cell;
  return cell < 0 ? null : label.names[cell] ?? String(cell);
}
