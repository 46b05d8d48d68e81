/** What of a run was told by one way: kept beside the run, so that nothing is told twice. */
import { join } from "node:path";
import { z } from "zod";
import { readTextIfThere, writeFileAtomic } from "../pipeline/files.ts";
import { type Lock, tryLock } from "../pipeline/lock.ts";
import { seal, unseal } from "../pipeline/sealed.ts";
import { companionsFolder } from "../registry/companions.ts";

const toldSchema = z.object({ told: z.array(z.string()) });

export class Memory implements Disposable {
  readonly #path: string;
  readonly #lock: Lock;
  #told: readonly string[];

  private constructor(path: string, lock: Lock, told: readonly string[]) {
    this.#path = path;
    this.#lock = lock;
    this.#told = told;
  }

  /** `undefined` where another process tells of the run by this way. What is damaged is forgotten: rather twice than
   * never. */
  static async open(dir: string, way: string): Promise<Memory | undefined> {
    const folder = join(dir, companionsFolder);
    await Deno.mkdir(folder, { recursive: true });
    const lock = await tryLock(join(folder, `notify-${way}.lock`));
    if (!lock) return undefined;
    const path = join(folder, `notify-${way}.json`);
    const text = await readTextIfThere(path);
    return new Memory(path, lock, text === undefined ? [] : toldIn(text));
  }

  has(key: string): boolean {
    return this.#told.includes(key);
  }

  /** Forgets what does not hold any more: when it holds again it is told again. */
  async keep(keys: readonly string[]): Promise<void> {
    const told = this.#told.filter((key) => keys.includes(key));
    if (told.length < this.#told.length) await this.#write(told);
  }

  async add(key: string): Promise<void> {
    await this.#write([...this.#told, key]);
  }

  [Symbol.dispose](): void {
    this.#lock[Symbol.dispose]();
  }

  /** Where the disk takes nothing, this process remembers it. */
  async #write(told: readonly string[]): Promise<void> {
    this.#told = told;
    await writeFileAtomic(this.#path, `${JSON.stringify(seal({ told: [...told] }))}\n`).catch(
      () => {},
    );
  }
}

function toldIn(text: string): readonly string[] {
  try {
    return toldSchema.parse(unseal(JSON.parse(text))).told;
  } catch {
    return [];
  }
}
