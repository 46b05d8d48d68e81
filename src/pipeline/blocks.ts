/** Files that a stage writes block by block, each block behind the last one: a stopped stage goes on behind those
 * that are there whole. */
import { join } from "node:path";
import { z } from "zod";
import { hashNext, readTextIfThere, unlessMissing, writeFileAtomic } from "./files.ts";
import { reasonOf } from "./reason.ts";
import { seal, unseal } from "./sealed.ts";

/** What a block added to each file, by the file's name. */
const blockSchema = z.object({
  rows: z.int().positive(),
  files: z.record(z.string(), z.object({ bytes: z.int(), sha256: z.string() })),
});
const recordSchema = z.object({ key: z.string(), blocks: z.array(blockSchema) });

type Block = z.infer<typeof blockSchema>;

export class Blocks {
  readonly #path: string;
  readonly #key: string;
  readonly #blocks: Block[];

  private constructor(path: string, key: string, blocks: Block[]) {
    this.#path = path;
    this.#key = key;
    this.#blocks = blocks;
  }

  /** Reads the record `name` in `dir`, and the files that it tells of. `key` is that of the artifact being made.
   * `damaged` is told what is wrong with blocks that are not taken, and what follows. */
  static async open(
    dir: string,
    name: string,
    key: string,
    damaged: (message: string) => void,
  ): Promise<Blocks> {
    const path = join(dir, name);
    let recorded: Block[] = [];
    try {
      const text = await readTextIfThere(path);
      if (text !== undefined) {
        const record = recordSchema.parse(unseal(JSON.parse(text)));
        if (record.key !== key) throw new Error(`it belongs to another artifact, ${record.key}`);
        recorded = record.blocks;
      }
    } catch (error) {
      damaged(`${path} is damaged: ${reasonOf(error)}: starts again from the beginning`);
    }
    const files = [...new Set(recorded.flatMap(({ files }) => Object.keys(files)))];
    const good = await Promise.all(
      files.map((file) => goodBlocks(join(dir, file), recorded.map(({ files }) => files[file]))),
    );
    const blocks = recorded.slice(0, Math.min(...good));
    if (blocks.length < recorded.length) {
      const bad = files.filter((_, at) => good[at] === blocks.length).join(", ");
      damaged(
        `${join(dir, bad)} is damaged: goes on behind block ${blocks.length} of ${recorded.length}`,
      );
    }
    return new Blocks(path, key, blocks);
  }

  /** Rows that are there. */
  get rows(): number {
    return this.#blocks.reduce((sum, { rows }) => sum + rows, 0);
  }

  /** Takes what was written, and flushed to the disk, for there. */
  async add(rows: number, files: Block["files"]): Promise<void> {
    this.#blocks.push({ rows, files });
    const record = seal({ key: this.#key, blocks: this.#blocks });
    await writeFileAtomic(this.#path, `${JSON.stringify(record)}\n`);
  }
}

/** How many of the blocks, from the first, a file holds. */
async function goodBlocks(
  path: string,
  blocks: readonly (Block["files"][string] | undefined)[],
): Promise<number> {
  using file = await unlessMissing(Deno.open(path, { read: true }));
  let good = 0;
  for (const block of file ? blocks : []) {
    if (!block || await hashNext(file!, block.bytes) !== block.sha256) break;
    good++;
  }
  return good;
}
