/** Hashes runs and objects again, each file once. */
import { join } from "node:path";
import { type FileHash, unlessMissing } from "../../pipeline/files.ts";
import { isLocked } from "../../pipeline/lock.ts";
import { readOrigin } from "../../pipeline/origin_file.ts";
import type { Progress } from "../../pipeline/stage.ts";
import { folderNames, objectPaths } from "../../pipeline/store.ts";
import { fileId, filesBelow } from "../files_below.ts";
import { isKey } from "../object_names.ts";
import { damageOfArtifact } from "./check_artifact.ts";
import { damageOfRun } from "./check_run.ts";
import { type Damage, eachOnce, type Finding } from "./damage.ts";
import { FileHashes } from "./file_hashes.ts";

/** How a verification is watched and stopped. */
export interface VerifyOptions {
  /** Aborted, it stops and throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called as bytes are read. */
  readonly progress?: (progress: Progress) => void;
}

export class Verifier {
  readonly #signal?: AbortSignal;
  readonly #findings: Finding[] = [];
  readonly #hashes: FileHashes;
  #done = 0;
  #total = 0;
  #objects = 0;

  constructor({ signal, progress }: VerifyOptions = {}) {
    if (signal) this.#signal = signal;
    this.#hashes = new FileHashes((bytes) => {
      signal?.throwIfAborted();
      this.#done += bytes;
      const total = Math.max(this.#total, this.#done); // a run at work grows meanwhile
      progress?.({ done: this.#done, total, unit: "bytes" });
    });
  }

  /** Counts the bytes below these folders, each file once: what the progress is measured by. */
  async measure(dirs: readonly string[]): Promise<void> {
    const seen = new Set<string>();
    for (const dir of dirs) {
      for await (const { info } of filesBelow(dir, (name) => !name.endsWith(".partial"))) {
        this.#signal?.throwIfAborted();
        if (!seen.has(fileId(info))) this.#total += info.size;
        seen.add(fileId(info));
      }
    }
  }

  /** Looks at the run in `dir`; "gone" where the folder goes away meanwhile. `isAtWork`: whether a process is at work
   * on it. */
  async run(dir: string, isAtWork = () => isLocked(dir)): Promise<"intact" | "damaged" | "gone"> {
    const found = await damageOfRun(dir, this.#hashes, isAtWork);
    this.#signal?.throwIfAborted();
    if (found === "gone") return "gone";
    this.#findings.push(...found);
    return found.length > 0 ? "damaged" : "intact";
  }

  /** Looks at the objects of all runs below `out`. */
  async objects(out: string): Promise<void> {
    const { dir, object } = objectPaths(out);
    for (const key of (await folderNames(dir)).filter(isKey)) {
      const found = await damageOfArtifact(object(key), this.#hashes, { mend: mendObject, key });
      this.#signal?.throwIfAborted();
      this.#findings.push(...found, ...await this.#damageOfOrigin(object(key)));
      this.#objects++;
    }
  }

  async #damageOfOrigin(dir: string): Promise<Finding[]> {
    const path = join(dir, "origin.json");
    const { damage } = await readOrigin(dir);
    if (damage === undefined || !await unlessMissing(Deno.lstat(dir))) return [];
    return [{ path, message: damage, mend: "the next run that needs the object" }];
  }

  /** SHA-256 and length of a file, which is not read again where it was read before. */
  hash(path: string): Promise<FileHash> {
    return this.#hashes.of(path);
  }

  /** What was found so far. */
  damage(): readonly Damage[] {
    return eachOnce(this.#findings);
  }

  /** What was read so far. */
  get read(): { readonly files: number; readonly objects: number; readonly bytes: number } {
    return { files: this.#hashes.files, objects: this.#objects, bytes: this.#done };
  }
}

const mendObject =
  "the next run that needs it, which makes it again; where no run does, clusterfit gc removes it";
