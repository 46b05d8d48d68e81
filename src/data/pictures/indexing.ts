/** What the stages have in common that index a collection: a block at a time, resumable, with what is bad listed. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { readCard, writeCard } from "../../pipeline/card.ts";
import { writeFileAtomic } from "../../pipeline/files.ts";
import type { JsonObject } from "../../pipeline/json.ts";
import { defineStage, type Stage } from "../../pipeline/stage.ts";
import { type Dataset, writeDatasetCard } from "../dataset.ts";
import type { DataServices } from "../services.ts";
import { badFile, checkBad, readBad, writeBad } from "./bad_pictures.ts";
import { BlockLog } from "./block_log.ts";
import type { Collection } from "./collection.ts";
import { type DecodeBlock, indexBlocks, unitOf } from "./index_blocks.ts";
import { indexSummarySchema, summarise, summaryFile } from "./index_summary.ts";
import { indexFile, indexLines, IndexRecord, type IndexResult } from "./indexed.ts";

/** What is particular to one of them. */
export interface Indexing<Config> {
  /** Of the stage. */
  readonly name: string;
  /** File of the artifact that blocks go to; null where nothing of them is kept. */
  keptIn(config: Config): string | null;
  /** `path`: of that file. */
  decode(engine: DataServices["engine"], config: Config, path: string | null): DecodeBlock;
  /** What the dataset's card says of all rows. */
  card(config: Config): Partial<Dataset>;
  /** Writes how the rows are found again; gives the names of its files. */
  finish(
    dir: string,
    services: DataServices,
    good: IndexResult["good"],
    config: Config,
  ): Promise<readonly string[]>;
}

/** Fails with a UserError where more rows are bad than may be, also of an index that is there already; `bad.csv` is
 * then in its folder. */
export function indexingStage<Config extends JsonObject>(
  collection: Collection,
  maxBad: number,
  { name, keptIn, decode, card, finish }: Indexing<Config>,
): Stage<Config, Record<never, never>, "dataset", DataServices> {
  const { title, given, names } = collection;
  const allowance = { given, maxBad, total: names.length, unit: unitOf(collection) };
  return defineStage<Config, Record<never, never>, "dataset", DataServices>({
    name,
    version: 1,
    inputs: {},
    output: "dataset",
    async accept(index) {
      const { reasons } = await readCard(index, summaryFile, indexSummarySchema);
      const list = index.file(badFile);
      checkBad(await readBad(list), { ...allowance, list, reasons });
    },
    async run({ config, dir, services, signal, progress, damaged }) {
      const file = keptIn(config);
      const path = file === null ? null : join(dir, file);
      const record = new IndexRecord(names);
      using log = await BlockLog.open(dir, {
        ...{ kept: path, damaged, unit: allowance.unit },
        known: (found) => record.add(found),
      });
      const options = { done: log.done, signal, progress };
      const blocks = indexBlocks(collection, decode(services.engine, config, path), options);
      for await (const block of blocks) {
        await log.append(block);
        record.add(block.pictures);
      }
      const { good, bad } = record.result();
      const summary = summarise({ good, bad });
      await writeBad(dir, bad);
      checkBad(bad, { ...allowance, list: join(dir, badFile), reasons: summary.reasons });
      await writeFileAtomic(join(dir, indexFile), indexLines(good));
      return [
        await writeDatasetCard(dir, {
          title,
          rows: good.length,
          sources: Array.from(good, ({ name }) => name),
          ...card(config),
        }),
        await writeCard(dir, summaryFile, summary),
        ...[indexFile, badFile],
        ...await finish(dir, services, good, config),
      ];
    },
  });
}

/** SHA-256 of some words in their order, hex. */
export function hashOf(words: Iterable<string>): string {
  const hash = createHash("sha256");
  for (const word of words) hash.update(`${JSON.stringify(word)}\n`);
  return hash.digest("hex");
}
