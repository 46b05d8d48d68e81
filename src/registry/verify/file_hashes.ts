/** Hashes of files, each read once, by however many names. */
import { type FileHash, hashFile } from "../../pipeline/files.ts";
import { fileId } from "../files_below.ts";

export class FileHashes {
  readonly #known = new Map<string, FileHash>();
  readonly #took: (bytes: number) => void;

  /** `took` is called with the bytes of each piece as it is read; what it throws ends the reading. */
  constructor(took: (bytes: number) => void) {
    this.#took = took;
  }

  /** Files read so far. */
  get files(): number {
    return this.#known.size;
  }

  /** Rejects where no regular file is at the path itself. */
  async of(path: string): Promise<FileHash> {
    const info = await Deno.lstat(path);
    if (!info.isFile) throw new Error("it is no regular file");
    const version = `${fileId(info)}:${info.size}:${info.mtime?.getTime()}`;
    const known = this.#known.get(version);
    if (known) return known;
    const hash = await hashFile(path, this.#took);
    this.#known.set(version, hash);
    return hash;
  }
}
