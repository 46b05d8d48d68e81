/** A run out of its archive. */
import { statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { explainSystemError, UserError } from "../pipeline/errors.ts";
import { isThere, syncPath, writeAll } from "../pipeline/files.ts";
import { type Lock, lockFolder } from "../pipeline/lock.ts";
import { openRun, type RunFolder } from "../pipeline/store.ts";
import { formatBytes } from "../report/bytes.ts";
import { BadArchive } from "./archive/cause.ts";
import type { ArchiveHead } from "./archive/head.ts";
import { readArchive } from "./archive/read_archive.ts";
import type { PackOptions } from "./pack_run.ts";
import { discard, temporaryPath } from "./temporary.ts";
import { Verifier } from "./verify/verifier.ts";

/**
 * Puts the run in the archive `file` into a folder of its name below `out`, the folder of all runs. It is unpacked
 * aside, verified there, and put in its place by one rename: stopped or killed at any moment, all of it is there
 * or nothing is shown. Of the archive only regular files are taken, under the names and lengths that it announces
 * itself. Its objects are not needed.
 *
 * @throws {UserError} where the archive is damaged or none of a run, a run of that name is there, or the system
 * refuses.
 *
 * The example of `packRun` shows it.
 */
export async function unpackRun(
  file: string,
  out: string,
  { signal, progress }: PackOptions = {},
): Promise<RunFolder> {
  const folder = new Unpacked(resolve(out));
  try {
    let [done, total] = [0, 0];
    await readArchive(file, {
      async begin(head) {
        total = 2 * head.files.reduce((sum, { bytes }) => sum + bytes, 0);
        await folder.begin(head, total / 2);
      },
      file: (name, pieces) =>
        folder.write(
          name,
          pieces,
          (bytes) => progress?.({ done: done += bytes, total, unit: "bytes" }),
        ),
    }, signal);
    const half = done;
    await folder.verify({
      ...(signal && { signal }),
      progress: ({ done, unit }) => progress?.({ done: Math.min(half + done, total), total, unit }),
    });
    return await folder.moveIn();
  } catch (error) {
    if (error instanceof BadArchive) throw bad(file, error.message);
    throw explainSystemError(error, `unpack ${file}`);
  } finally {
    await folder.close();
  }
}

function bad(file: string, found: string): UserError {
  return new UserError(
    `Cannot unpack ${file}: it needs an archive as \`clusterfit pack\` wrote it, found that ${found}. ` +
      "Nothing was unpacked. Get a good copy of it.",
  );
}

/** The folder of a run while it is unpacked. */
class Unpacked {
  readonly #out: string;
  /** Where it is to be. */
  #place = "";
  /** Where it is until then. */
  #aside?: string;
  #lock?: Lock;

  constructor(out: string) {
    this.#out = out;
  }

  /** `bytes`: of all files. */
  async begin({ run, files }: ArchiveHead, bytes: number): Promise<void> {
    this.#place = join(this.#out, run);
    await this.#checkFree();
    const aside = await temporaryPath(this.#out);
    const { bavail, bsize } = await statfs(dirname(aside));
    if (bavail * bsize < bytes) {
      throw new UserError(
        `Cannot unpack ${run} into ${this.#out}: it needs ${
          formatBytes(bytes)
        } on the disk, found ` +
          `${formatBytes(bavail * bsize)}. Free some.`,
      );
    }
    await Deno.mkdir(aside);
    this.#aside = aside;
    this.#lock = await lockFolder(aside, `unpack into ${aside}`);
    for (const folder of new Set(files.map(({ name }) => dirname(name)))) {
      await Deno.mkdir(join(aside, folder), { recursive: true });
    }
  }

  async write(
    name: string,
    pieces: AsyncIterable<Uint8Array>,
    took: (bytes: number) => void,
  ): Promise<void> {
    using file = await Deno.open(join(this.#aside!, name), { write: true, createNew: true });
    for await (const piece of pieces) {
      await writeAll(file, piece);
      took(piece.length);
    }
    await file.sync();
  }

  async verify(options: PackOptions): Promise<void> {
    const aside = this.#aside!;
    const verifier = new Verifier(options);
    await verifier.run(aside, () => false); // its lock is held here
    const [first] = verifier.damage();
    if (first) throw new BadArchive(first.message.replaceAll(`${aside}/`, ""));
  }

  /** Puts it in its place, by one rename. */
  async moveIn(): Promise<RunFolder> {
    await this.#checkFree();
    await syncPath(this.#aside!);
    try {
      await Deno.rename(this.#aside!, this.#place); // refused where a folder with files has come there meanwhile
    } catch (error) {
      await this.#checkFree();
      throw error;
    }
    this.#aside = undefined;
    await syncPath(this.#out);
    return await openRun(this.#place);
  }

  async #checkFree(): Promise<void> {
    if (!await isThere(this.#place)) return;
    throw new UserError(
      `Cannot unpack into ${this.#place}: it needs a place that is free, found a run or something else there. ` +
        "Move it away, or unpack into another folder.",
    );
  }

  /** Removes what was not put in its place. */
  async close(): Promise<void> {
    if (this.#aside !== undefined) await discard(this.#aside);
    this.#lock?.[Symbol.dispose]();
  }
}
