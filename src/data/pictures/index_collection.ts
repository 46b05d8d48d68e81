/** An index of a collection without a run: nothing is kept of it but what it gives. */
import type { Decoding, Engine, Indexed } from "../../engine/engine.ts";
import type { Progress } from "../../pipeline/stage.ts";
import type { Collection } from "./collection.ts";
import { indexBlocks } from "./index_blocks.ts";
import { type IndexSummary, summarise } from "./index_summary.ts";
import { type IndexResult, indexResult } from "./indexed.ts";

/** How a collection is indexed. */
export interface IndexCollectionOptions {
  /** As a run decodes them, unless said: shorter sides of 256 pixels. */
  readonly decoding?: Decoding;
  /** Aborted, it is given up. */
  readonly signal?: AbortSignal;
  /** Called as pictures are decoded. */
  progress?(progress: Progress): void;
}

/**
 * Decodes every picture once. `engine`: from `startEngine()`.
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
  { pictures }: Pick<Collection, "pictures">,
  engine: { readonly data: Pick<Engine["data"], "index"> },
  options: IndexCollectionOptions = {},
): Promise<IndexResult & { readonly summary: IndexSummary }> {
  const found: Indexed[] = [];
  const blocks = indexBlocks(pictures, engine, {
    decoding: options.decoding ?? { side: 256, interpolation: "bilinear" },
    pixels: null,
    done: { pictures: 0, bytes: 0 },
    signal: options.signal ?? new AbortController().signal,
    progress: (now) => options.progress?.(now),
  });
  for await (const block of blocks) found.push(...block.pictures);
  const result = indexResult(pictures, found);
  return { ...result, summary: summarise(result) };
}
