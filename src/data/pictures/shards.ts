/** Tar shards as a collection. Nothing is unpacked: a picture is a range of bytes of its shard. */
import { join } from "node:path/posix";
import { UserError } from "../../pipeline/errors.ts";
import type { Split } from "../split.ts";
import type { CollectionRows, Piece } from "./collection.ts";
import { labelsOf } from "./columns.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { layoutOf } from "./layout.ts";
import type { Notes } from "./notes.ts";
import { partOfWord } from "./part_words.ts";
import { PieceColumns } from "./piece_columns.ts";
import type { Files } from "./place.ts";
import { columnsOf, readSaid, type Said } from "./sample_labels.ts";
import { samplesOf } from "./samples.ts";
import { type Member, membersOf, TarError } from "./tar.ts";

interface Row {
  readonly name: string;
  readonly piece: Piece;
  /** Path in its shard. */
  readonly path: string;
  /** As the name of its shard says: `imagenet-train-000.tar`. */
  readonly part: Split | undefined;
  readonly said: Said;
}

/** Without labels in the shards, the folders in them say the classes, as on a disk. */
export async function shardCollection(
  { root, files: shards }: Files,
  given: string,
  signal: AbortSignal,
  notes: Notes,
): Promise<CollectionRows> {
  const rows: Row[] = [];
  for (const shard of shards) {
    for (const row of await rowsOf(root, shard.name, signal, notes)) rows.push(row);
  }
  rows.sort((a, b) => a.name < b.name ? -1 : 1);
  const rowName = (row: number) => JSON.stringify(rows[row]!.name);
  const labels = labelsOf(columnsOf(rows.map(({ said }) => said)), { of: given, rowName });
  const layout = layoutOf(rows.map(({ path }) => path), notes);
  const parts = rows.flatMap(({ part }) => part ?? []);
  const named = parts.length === rows.length && new Set(parts).size > 1;
  const pieces = PieceColumns.of(rows.map(({ piece }) => piece));
  return {
    names: rows.map(({ name }) => name),
    pieceOf: (row) => pieces.at(row),
    fingerprint: fingerprintOf(shards),
    labels: labels ?? layout.labels,
    parts: named ? parts : layout.parts,
  };
}

async function rowsOf(
  root: string,
  name: string,
  signal: AbortSignal,
  notes: Notes,
): Promise<Row[]> {
  const file = join(root, name);
  const part = name.split(/[^A-Za-z]+/).map(partOfWord).find((part) => part !== undefined);
  const samples = samplesOf(await readMembers(file, signal), notes, name);
  const said = await readSaid(file, samples, signal);
  return samples.map(({ picture: { name: path, offset, bytes } }, at) => ({
    name: `${name}/${path}`,
    piece: { file, range: { offset, bytes }, seconds: null },
    ...{ path, part, said: said[at]! },
  }));
}

async function readMembers(file: string, signal: AbortSignal): Promise<Member[]> {
  try {
    return await membersOf(file, signal);
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
    throw new UserError(
      `Cannot open ${file}: it needs a whole tar file that is not compressed, found: ` +
        `${error.message}. Unpack it with gunzip or zstd -d where it is compressed, or copy it again.`,
      { cause: error },
    );
  }
}
