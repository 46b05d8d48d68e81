/** An index of a collection without a run: nothing is kept of it but what it gives. */
import { join } from "node:path";
import type { Decoding, Engine } from "../../engine/engine.ts";
import { writeCard } from "../../pipeline/card.ts";
import { writeFileAtomic } from "../../pipeline/files.ts";
import type { Progress } from "../../pipeline/stage.ts";
import { writeBad } from "./bad_pictures.ts";
import type { Collection } from "./collection.ts";
import { decodePictures, decodeVideos, indexBlocks } from "./index_blocks.ts";
import { type IndexSummary, summarise, summaryFile } from "./index_summary.ts";
import { indexFile, indexLines, IndexRecord, type IndexResult } from "./indexed.ts";

/** How a collection is indexed. */
export interface IndexCollectionOptions {
  /** As a run decodes them, unless said: shorter sides of 256 pixels. */
  readonly decoding?: Decoding;
  /** Aborted, it is given up. */
  readonly signal?: AbortSignal;
  /** Called as pictures are decoded. */
  progress?(progress: Progress): void;
}

/** What is known of a collection once every picture or video was decoded. */
export interface CollectionIndex extends IndexResult {
  /** Counts of them. */
  readonly summary: IndexSummary;
}

/**
 * Decodes every picture once, or every video. `engine`: from `startEngine()`.
 *
 * @example Which files are no pictures
 * ```ts
 * import { indexCollection, openCollection, startEngine } from "clusterfit";
 *
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/note.jpg`, "Dear diary");
 * const engine = await startEngine();
 * const { signal } = new AbortController();
 * const collection = await openCollection(folder, { engine: () => Promise.resolve(engine), signal });
 * const { bad } = await indexCollection(collection, engine);
 * console.log(bad[0]?.name); // note.jpg
 * ```
 */
export async function indexCollection(
  collection: Pick<Collection, "names" | "pieceOf" | "clips">,
  engine: { readonly data: Pick<Engine["data"], "index" | "indexVideos"> },
  options: IndexCollectionOptions = {},
): Promise<CollectionIndex> {
  const record = new IndexRecord(collection.names);
  const decoding = options.decoding ?? { side: 256, interpolation: "bilinear" };
  const decode = collection.clips
    ? decodeVideos(engine.data, null)
    : decodePictures(engine.data, decoding, null);
  const blocks = indexBlocks(collection, decode, {
    done: { pictures: 0, bytes: 0 },
    signal: options.signal ?? new AbortController().signal,
    progress: (now) => options.progress?.(now),
  });
  for await (const { pictures } of blocks) record.add(pictures);
  const result = record.result();
  return { ...result, summary: summarise(result) };
}

/**
 * Writes `index.jsonl`, a line for each picture that can be used, `index.json` with counts, and `bad.csv` into a
 * folder that is there.
 *
 * @example Beside the pictures
 * ```ts
 * import { indexCollection, openCollection, startEngine, writeIndex } from "clusterfit";
 *
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/note.jpg`, "Dear diary");
 * const { signal } = new AbortController();
 * const collection = await openCollection(folder, { engine: startEngine, signal });
 * await writeIndex(folder, await indexCollection(collection, await startEngine()));
 * console.log((await Deno.readTextFile(`${folder}/bad.csv`)).split("\n")[0]); // name,reason
 * ```
 */
export async function writeIndex(
  folder: string,
  { good, bad, summary }: CollectionIndex,
): Promise<void> {
  await writeBad(folder, bad);
  await writeCard(folder, summaryFile, summary);
  await writeFileAtomic(join(folder, indexFile), indexLines(good));
}
