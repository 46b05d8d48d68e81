/** The runs under one folder, each followed as long as it is there. */
import { FollowedRun, type Glance, type Listed, type Snapshot } from "./followed_run.ts";
import type { RunFiles } from "./run_files.ts";

/** Runs that are followed: of more, those are let go that were looked at longest ago, and are read anew when they are
 * looked at again. */
const mostFollowed = 64;

export class Runs {
  readonly #files: RunFiles;
  readonly #followed: Map<string, FollowedRun>;

  /** `followed`: where runs are kept by name. */
  constructor(files: RunFiles, followed = new Map<string, FollowedRun>()) {
    this.#files = files;
    this.#followed = followed;
  }

  /** The run in the folder of that very name, if there is one. */
  async find(name: string): Promise<Snapshot | undefined> {
    return await this.#find(name, (run) => run.snapshot());
  }

  /** Likewise, without what only its own page shows. */
  async glance(name: string): Promise<Glance | undefined> {
    return await this.#find(name, (run) => run.glance());
  }

  /** Likewise, and the curve that a list shows. */
  async listed(name: string): Promise<Listed | undefined> {
    return await this.#find(name, (run) => run.listed());
  }

  /** Whether there is a folder of that very name. */
  has(name: string): Promise<boolean> {
    return this.#files.hasFolder(name);
  }

  /** The published report of a run, `undefined` where there is none. Rejects with an UnreadableFile where it
   * is damaged. */
  async report(name: string): Promise<string | undefined> {
    return await this.#runOf(name).report();
  }

  async #find<T>(
    name: string,
    look: (run: FollowedRun) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    if (await this.has(name)) return await this.#follow(name, look);
    this.#followed.delete(name);
    return undefined;
  }

  /** To be called where it is known to be gone: what was read of it is let go. */
  forget(name: string): void {
    this.#followed.delete(name);
  }

  #runOf(name: string): FollowedRun {
    const run = this.#followed.get(name) ?? new FollowedRun(this.#files, name);
    this.#followed.delete(name);
    this.#followed.set(name, run);
    if (this.#followed.size > mostFollowed) {
      const [longestAgo] = this.#followed.keys();
      this.#followed.delete(longestAgo!);
    }
    return run;
  }

  async #follow<T>(
    name: string,
    look: (run: FollowedRun) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const found = await look(this.#runOf(name));
    if (found === undefined) this.#followed.delete(name);
    return found;
  }
}
