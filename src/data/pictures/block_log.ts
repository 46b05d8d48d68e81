/** The blocks of an index under way: a line each, written once what is kept of it, pixels say, is on the disk. A
 * stopped index goes on behind the last block whose line and bytes are whole. */
import { join } from "node:path";
import { z } from "zod";
import type { Indexed, IndexedBlock } from "../../engine/engine.ts";
import { hashNext, unlessMissing } from "../../pipeline/files.ts";
import { JsonLog, parseLine, readLines } from "../../pipeline/jsonl.ts";
import { seal, unseal } from "../../pipeline/sealed.ts";

const logFile = "blocks.jsonl";

const count = z.int().nonnegative();
const pictureSchema = z.object({
  sha256: z.string(),
  bytes: count,
  format: z.string(),
  width: count,
  height: count,
  storedWidth: count,
  storedHeight: count,
  note: z.string(),
  video: z.object({ frames: count, rate: z.number().nonnegative(), keys: count }).optional(),
});
const lineSchema = z.object({
  number: count,
  pictures: z.array(z.union([pictureSchema, z.object({ reason: z.string() })])),
  bytes: count,
  sha256: z.string(),
});

export interface BlockLogOptions {
  /** The file that takes what is kept of blocks, pixels say; null where nothing is. */
  readonly kept: string | null;
  /** What is indexed, for people. */
  readonly unit: "pictures" | "videos";
  /** Takes the pictures of each block that is whole, in their order: the log keeps none. */
  known(pictures: readonly Indexed[]): void;
  /** Told what is wrong with a block that is not taken, and what follows. */
  damaged(message: string): void;
}

/** What is behind. */
interface Done {
  readonly blocks: number;
  readonly pictures: number;
  /** Of what is kept. */
  readonly bytes: number;
}

export class BlockLog implements Disposable {
  readonly #log: JsonLog;
  #done: Done;

  private constructor(log: JsonLog, done: Done) {
    this.#log = log;
    this.#done = done;
  }

  /** Opens what an earlier attempt left in `dir`, or begins. */
  static async open(
    dir: string,
    { kept, known, damaged, unit }: BlockLogOptions,
  ): Promise<BlockLog> {
    const path = join(dir, logFile);
    using file = kept === null ? undefined : await unlessMissing(Deno.open(kept));
    let done: Done = { blocks: 0, pictures: 0, bytes: 0 };
    let whole = 0;
    let wrong: string | undefined;
    for await (const { line, end } of readLines(path)) {
      const block = parseLine(line, (value) => lineSchema.parse(unseal(value)));
      if (block?.number !== done.blocks) wrong = path;
      else if (kept !== null && await hashNext(file, block.bytes) !== block.sha256) {
        wrong = kept;
      }
      if (!block || wrong !== undefined) break;
      known(block.pictures);
      done = behind(done, block);
      whole = end;
    }
    const log = new BlockLog(await JsonLog.at(path, whole), done);
    if (wrong !== undefined) {
      damaged(
        `${wrong} is damaged: indexed again from ${unit.slice(0, -1)} ${done.pictures + 1} on`,
      );
    }
    return log;
  }

  get done(): Done {
    return this.#done;
  }

  async append(block: IndexedBlock): Promise<void> {
    const { pictures, bytes, sha256 } = block;
    const plain = pictures.map((picture) => ({ ...picture }));
    this.#log.append(seal({ number: this.#done.blocks, pictures: plain, bytes, sha256 }));
    await this.#log.sync();
    this.#done = behind(this.#done, block);
  }

  [Symbol.dispose](): void {
    this.#log[Symbol.dispose]();
  }
}

function behind(done: Done, { pictures, bytes }: IndexedBlock): Done {
  return {
    blocks: done.blocks + 1,
    pictures: done.pictures + pictures.length,
    bytes: done.bytes + bytes,
  };
}
