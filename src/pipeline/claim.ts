/** The right to make the object with one key, held by its lock: its folder under way, and its move into
 * place. */
import { join } from "node:path";
import { artifactFiles, type Manifest, sealArtifact } from "./artifact.ts";
import { UserError } from "./errors.ts";
import type { Origin } from "./events.ts";
import { linkFiles, moveFolder, removeIfThere, removeTemporaries } from "./files.ts";
import type { Lock } from "./lock.ts";
import { originFile, writeOrigin } from "./origin_file.ts";
import { type Attempted, attemptIn, preparePartial } from "./partial.ts";
import type { objectPaths } from "./store.ts";

export class Claim implements Disposable {
  /** The folder to work in. */
  readonly dir: string;
  readonly #object: string;
  readonly #key: string;
  readonly #lock: Lock;

  constructor(paths: ReturnType<typeof objectPaths>, key: string, lock: Lock) {
    this.dir = paths.partial(key);
    this.#object = paths.object(key);
    this.#key = key;
    this.#lock = lock;
  }

  /** What an earlier attempt left in `dir`. */
  attempted(): Promise<Attempted> {
    return attemptIn(this.dir, this.#key);
  }

  /** Makes `dir` ready for the stage. */
  async prepare(found: Attempted): Promise<void> {
    await preparePartial(this.dir, this.#key, found);
  }

  /** Seals `dir` with `files`, made by `origin`, and moves it to its place. Killed at any moment, what was
   * sealed stays. */
  async commit(
    head: Omit<Manifest, "schema" | "files" | "key">,
    files: readonly string[],
    origin: Origin,
  ): Promise<Manifest> {
    await writeOrigin(this.dir, origin);
    const manifest = await sealArtifact(this.dir, { ...head, key: this.#key }, files);
    await this.moveIn(manifest);
    return manifest;
  }

  /** Moves the sealed `dir` to its place. */
  async moveIn(manifest: Manifest): Promise<void> {
    const kept = new Set([...artifactFiles(manifest), originFile]);
    for (const { name } of await Array.fromAsync(Deno.readDir(this.dir))) {
      if (!kept.has(name)) await Deno.remove(join(this.dir, name), { recursive: true });
    }
    if (!await this.#lock.stands()) {
      throw new UserError(
        `Cannot keep ${this.#object}: it needs its lock file as long as it is made, found it removed, ` +
          "so that another run may make it too. Leave the lock files, and run the same command again.",
      );
    }
    await moveFolder(this.dir, this.#object);
  }

  /** Makes the object from a run's intact copy of it. */
  async restore(copy: string, manifest: Manifest, origin: Origin | undefined): Promise<void> {
    await removeIfThere(this.dir);
    await Deno.mkdir(this.dir, { recursive: true });
    await linkFiles(copy, this.dir, artifactFiles(manifest));
    await writeOrigin(this.dir, origin);
    await this.moveIn(manifest);
  }

  /** Says again who made the object that is there. */
  async restoreOrigin(origin: Origin | undefined): Promise<void> {
    await removeTemporaries(this.#object);
    await writeOrigin(this.#object, origin);
  }

  [Symbol.dispose](): void {
    this.#lock[Symbol.dispose]();
  }
}
