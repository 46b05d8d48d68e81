/** Checkpoints of a stage under way: its state in files of its own, its place in `checkpoint.json`, each
 * checked by hash before a stopped stage goes on from it. */
import { join } from "node:path";
import { z } from "zod";
import { hashFile, readTextIfThere, removeIfThere, writeFileAtomic } from "./files.ts";
import type { JsonObject } from "./json.ts";
import { reasonOf } from "./reason.ts";
import { seal, unseal } from "./sealed.ts";

const recordFile = "checkpoint.json";

/** Good checkpoints that are kept: the newest, and one to go back to where that is damaged. */
const kept = 2;

const entrySchema = z.object({
  /** Which checkpoint of this stage it is, from 1; part of its file's name. */
  number: z.int().positive(),
  file: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  place: z.record(z.string(), z.json()),
});
const recordSchema = z.object({ key: z.string(), newestFirst: z.array(entrySchema) });

type Entry = Omit<z.infer<typeof entrySchema>, "place"> & { readonly place: JsonObject };

export interface Checkpoint<Place> {
  /** Path of the state file. */
  readonly path: string;
  readonly place: Place;
}

/** The checkpoints in one stage's folder. */
export class Checkpoints<Place extends JsonObject> {
  readonly #dir: string;
  readonly #key: string;
  readonly #parse: (place: unknown) => Place;
  #entries: readonly Entry[] = [];

  private constructor(dir: string, key: string, parse: (place: unknown) => Place) {
    this.#dir = dir;
    this.#key = key;
    this.#parse = parse;
  }

  /** Reads what is in `dir`. `key` is that of the artifact being made: checkpoints of another one are not taken.
   * `damaged` is told what is wrong with a checkpoint that is not taken, and what follows. */
  static async open<Place extends JsonObject>(
    dir: string,
    key: string,
    parse: (place: unknown) => Place,
    damaged: (message: string) => void,
  ): Promise<Checkpoints<Place>> {
    const checkpoints = new Checkpoints(dir, key, parse);
    checkpoints.#entries = await checkpoints.#read(damaged);
    return checkpoints;
  }

  /** The newest good checkpoint; undefined where the stage has to start from the beginning. */
  newest(): Checkpoint<Place> | undefined {
    const [entry] = this.#entries;
    return entry && { path: join(this.#dir, entry.file), place: this.#parse(entry.place) };
  }

  /** Keeps the state that `write` writes to the path it is given. Killed at any moment, either this
   * checkpoint or the one before it is there. */
  async save(place: Place, write: (path: string) => Promise<void>): Promise<void> {
    const number = (this.#entries[0]?.number ?? 0) + 1;
    const file = `checkpoint-${number}.safetensors`;
    const path = join(this.#dir, file);
    await write(path);
    const entry = { number, file, ...await hashFile(path), place };
    const entries = [entry, ...this.#entries.slice(0, kept - 1)];
    const record = seal({ key: this.#key, newestFirst: entries });
    await writeFileAtomic(join(this.#dir, recordFile), `${JSON.stringify(record)}\n`);
    for (const old of this.#entries.slice(kept - 1)) await removeIfThere(join(this.#dir, old.file));
    this.#entries = entries;
  }

  async #read(damaged: (message: string) => void): Promise<Entry[]> {
    const path = join(this.#dir, recordFile);
    const good: Entry[] = [];
    const problems: string[] = [];
    try {
      const text = await readTextIfThere(path);
      if (text === undefined) return [];
      const { key, newestFirst } = recordSchema.parse(unseal(JSON.parse(text)));
      if (key !== this.#key) throw new Error(`it belongs to another artifact, ${key}`);
      for (const entry of newestFirst) {
        const problem = await this.#problemOf(entry);
        if (problem === undefined) good.push(entry);
        else problems.push(problem);
      }
    } catch (error) {
      problems.push(`${path} is damaged: ${reasonOf(error)}`);
    }
    if (problems.length > 0) {
      const then = good[0] ? `goes on from ${good[0].file}` : "starts again from the beginning";
      damaged(`${problems.join("; ")}: ${then}`);
    }
    return good;
  }

  async #problemOf({ file, sha256, bytes, place }: Entry): Promise<string | undefined> {
    const path = join(this.#dir, file);
    try {
      this.#parse(place);
      const found = await hashFile(path);
      if (found.sha256 === sha256 && found.bytes === bytes) return undefined;
      return `${path} is damaged: it has SHA-256 ${found.sha256} (${found.bytes} bytes), ` +
        `${recordFile} says ${sha256} (${bytes} bytes)`;
    } catch (error) {
      return `${path} is damaged: ${reasonOf(error)}`;
    }
  }
}
