/** The blocks of an index under way: a line each, written once its pixels are on the disk. A stopped index goes on
 * behind the last block whose line and pixels are whole. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import type { IndexedBlock } from "../../engine/engine.ts";
import { unlessMissing } from "../../pipeline/files.ts";
import { JsonLog, readJsonLines } from "../../pipeline/jsonl.ts";
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
});
const lineSchema = z.object({
  number: count,
  pictures: z.array(z.union([pictureSchema, z.object({ reason: z.string() })])),
  bytes: count,
  sha256: z.string(),
});

export class BlockLog implements Disposable {
  readonly #log: JsonLog;
  readonly #blocks: IndexedBlock[];

  private constructor(log: JsonLog, blocks: IndexedBlock[]) {
    this.#log = log;
    this.#blocks = blocks;
  }

  /** Opens what an earlier attempt left in `dir`, or begins. `pixels`: the file that takes them; null where they
   * are not kept. `damaged` is told what is wrong with a block that is not taken, and what follows. */
  static async open(
    dir: string,
    pixels: string | null,
    damaged: (message: string) => void,
  ): Promise<BlockLog> {
    const path = join(dir, logFile);
    const { values, bad } = await readJsonLines(path, inTurn(Infinity));
    const whole = pixels === null ? values.length : await wholeBlocks(values, pixels);
    const blocks = values.slice(0, whole);
    const log = new BlockLog(await JsonLog.open(path, inTurn(whole)), [...blocks]);
    const file = whole < values.length ? pixels : bad.length > 0 ? path : undefined;
    if (file !== undefined) {
      damaged(`${file} is damaged: indexed again from picture ${log.done.pictures + 1} on`);
    }
    return log;
  }

  get blocks(): readonly IndexedBlock[] {
    return this.#blocks;
  }

  /** What is behind. */
  get done(): { readonly pictures: number; readonly bytes: number } {
    return {
      pictures: this.#blocks.reduce((sum, { pictures }) => sum + pictures.length, 0),
      bytes: this.#blocks.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  async append({ pictures, bytes, sha256 }: IndexedBlock): Promise<void> {
    const number = this.#blocks.length;
    const plain = pictures.map((picture) => ({ ...picture }));
    this.#log.append(seal({ number, pictures: plain, bytes, sha256 }));
    await this.#log.sync();
    this.#blocks.push({ pictures, bytes, sha256 });
  }

  [Symbol.dispose](): void {
    this.#log[Symbol.dispose]();
  }
}

/** A reader of the lines of a log, which have to follow each other; those from number `end` on are not taken. */
function inTurn(end: number): (value: unknown) => IndexedBlock {
  let next = 0;
  return (value) => {
    const { number, ...block } = lineSchema.parse(unseal(value));
    if (number !== next || number >= end) throw new Error(`block ${next} is missing`);
    next++;
    return block;
  };
}

/** How many blocks, from the first on, have their pixels whole in the file. */
async function wholeBlocks(blocks: readonly IndexedBlock[], path: string): Promise<number> {
  using file = await unlessMissing(Deno.open(path, { read: true }));
  if (!file) return 0;
  for (const [at, { bytes, sha256 }] of blocks.entries()) {
    if (await hashNext(file, bytes) !== sha256) return at;
  }
  return blocks.length;
}

/** SHA-256 (hex) of the next `bytes` bytes of a file, or of those that are left. */
async function hashNext(file: Deno.FsFile, bytes: number): Promise<string> {
  const hash = createHash("sha256");
  for (let left = bytes; left > 0;) {
    const buffer = new Uint8Array(Math.min(left, 1 << 20));
    const read = await file.read(buffer);
    if (read === null) break;
    hash.update(buffer.subarray(0, read));
    left -= read;
  }
  return hash.digest("hex");
}
