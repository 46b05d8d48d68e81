/** Stage: every picture of a collection decoded once, with what is in each, which are bad, and their pixels. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Decoding } from "../../engine/engine.ts";
import { readCard, writeCard } from "../../pipeline/card.ts";
import { writeFileAtomic } from "../../pipeline/files.ts";
import { type Node, node } from "../../pipeline/graph.ts";
import { defineStage, type Stage } from "../../pipeline/stage.ts";
import { writeDatasetCard } from "../dataset.ts";
import type { DataServices } from "../services.ts";
import { badFile, checkBad, readBad, writeBad } from "./bad_pictures.ts";
import { BlockLog } from "./block_log.ts";
import { type Collection, piecesOf } from "./collection.ts";
import { collectionsOfNodes } from "./made_of.ts";
import { indexBlocks } from "./index_blocks.ts";
import { indexSummarySchema, summarise, summaryFile } from "./index_summary.ts";
import { indexFile, indexLines, IndexRecord } from "./indexed.ts";
import { pixelsFile, writePlaces, writeShapes } from "./stored.ts";

/** Where the collection lies is not in it, unless its files are read again. */
export type IndexConfig = {
  /** Of the collection. */
  readonly fingerprint: string;
  /** SHA-256 of the names of its pictures: it may be a sample of what the fingerprint is of. */
  readonly names: string;
  readonly decoding: { readonly side: number; readonly interpolation: Decoding["interpolation"] };
  /** SHA-256 of the paths that rows are read from, each time; null where the pixels are kept. */
  readonly files: string | null;
  /** Of the packages that decide the pixels and their files. */
  readonly versions: Readonly<Record<string, string>>;
};

/** How the pictures of a collection are decoded and kept. */
export interface IndexOptions {
  /** To which size. */
  readonly decoding: Decoding;
  /** Whether the pixels are kept: else each read decodes. Those of frames of videos always are. */
  readonly pack: boolean;
  /** Share of the pictures that may be bad. It changes no byte, so it is not in the key. */
  readonly maxBad: number;
  /** Of the packages that decide the pixels and their files. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The node that indexes a collection. */
export function indexNode(
  collection: Collection,
  { decoding: { side, interpolation }, pack, maxBad, versions }: IndexOptions,
  { id, title }: { readonly id: string; readonly title: string },
): Node<"dataset", DataServices> {
  const { fingerprint, names } = collection;
  const hasFrames = piecesOf(collection).some(({ seconds }) => seconds !== null);
  const made = node(indexPictures(collection, maxBad), {
    ...{ id, title, inputs: {} },
    config: {
      ...{ fingerprint, versions },
      names: hashOf(names),
      decoding: { side, interpolation },
      files: pack || hasFrames ? null : hashOf(piecesOf(collection).map(({ file }) => file)),
    },
  });
  collectionsOfNodes.set(made, collection);
  return made;
}

/** Fails with a UserError where more pictures are bad than may be, also of an index that is there already;
 * `bad.csv` is then in its folder. */
export function indexPictures(
  { title, given, names, pieceOf }: Collection,
  maxBad: number,
): Stage<IndexConfig, Record<never, never>, "dataset", DataServices> {
  return defineStage<IndexConfig, Record<never, never>, "dataset", DataServices>({
    name: "pictures.index",
    version: 1,
    inputs: {},
    output: "dataset",
    async accept(index) {
      const { reasons } = await readCard(index, summaryFile, indexSummarySchema);
      const list = index.file(badFile);
      checkBad(await readBad(list), { given, maxBad, total: names.length, list, reasons });
    },
    async run({ config: { decoding, files }, dir, services, signal, progress, damaged }) {
      const pixels = files === null ? join(dir, pixelsFile) : null;
      const record = new IndexRecord(names);
      using log = await BlockLog.open(dir, {
        ...{ pixels, damaged },
        known: (found) => record.add(found),
      });
      const options = { decoding, pixels, done: log.done, signal, progress };
      for await (const block of indexBlocks({ names, pieceOf }, services.engine, options)) {
        await log.append(block);
        record.add(block.pictures);
      }
      const { good, bad } = record.result();
      const summary = summarise({ good, bad });
      await writeBad(dir, bad);
      checkBad(bad, {
        ...{ given, maxBad, total: names.length },
        list: join(dir, badFile),
        reasons: summary.reasons,
      });
      await writeFileAtomic(join(dir, indexFile), indexLines(good));
      return [
        await writeDatasetCard(dir, {
          title,
          rows: good.length,
          sources: Array.from(good, ({ name }) => name),
          pictures: { ...decoding, packed: pixels !== null },
        }),
        await writeCard(dir, summaryFile, summary),
        ...[indexFile, badFile],
        ...pixels === null
          ? [await writePlaces(dir, services, good, pieceOf)]
          : [await writeShapes(dir, services, good), pixelsFile],
      ];
    },
  });
}

function hashOf(words: Iterable<string>): string {
  const hash = createHash("sha256");
  for (const word of words) hash.update(`${JSON.stringify(word)}\n`);
  return hash.digest("hex");
}
