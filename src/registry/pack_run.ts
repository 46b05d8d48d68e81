/** One archive of one run. */
import { basename, dirname, resolve } from "node:path";
import { explainSystemError, UserError } from "../pipeline/errors.ts";
import { isThere, makeFileAtomic } from "../pipeline/files.ts";
import { lockFolder } from "../pipeline/lock.ts";
import type { Progress } from "../pipeline/stage.ts";
import { shellCommand } from "../report/shell.ts";
import { type ArchiveHead, isPacked } from "./archive/head.ts";
import { writeArchive } from "./archive/write_archive.ts";
import { filesBelow } from "./files_below.ts";
import { Verifier } from "./verify/verifier.ts";

/** How packing or unpacking is watched and stopped. */
export interface PackOptions {
  /** Aborted, it stops, leaves nothing and throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called as bytes are read and written. */
  readonly progress?: (progress: Progress) => void;
}

/** What an archive holds. */
export interface PackedRun {
  /** Files of the run. */
  readonly files: number;
  /** Their bytes, uncompressed. */
  readonly bytes: number;
  /** Names of what is no regular file, and was left out. */
  readonly left: readonly string[];
}

/**
 * Writes the run in `dir` into one archive: a tar file, compressed by gzip, with one folder. The run is verified
 * before, and its lock is held. The same run gives the same bytes. Memory does not grow with the run.
 *
 * @throws {UserError} where a process is at work on the run, it is damaged, `file` is there already, or the system
 * refuses: then there is no `file`.
 *
 * @example A run as one file, and back
 * ```ts
 * import { packRun, unpackRun } from "clusterfit";
 *
 * const { files } = await packRun("runs/mine", "mine.tar.gz");
 * const run = await unpackRun("mine.tar.gz", "others");
 * console.log(files > 10, run.id); // true mine
 * ```
 */
export async function packRun(
  dir: string,
  file: string,
  { signal, progress }: PackOptions = {},
): Promise<PackedRun> {
  const attempted = `pack the run in ${dir}`;
  try {
    await checkPlace(file);
    using _lock = await lockFolder(dir, attempted);
    const read = { done: 0, total: 0 };
    const verifier = new Verifier({
      ...(signal && { signal }),
      progress({ done, total, unit }) {
        Object.assign(read, { done, total });
        progress?.({ done, total: 2 * total, unit });
      },
    });
    const { head, left } = await examine(dir, verifier);
    const bytes = head.files.reduce((sum, file) => sum + file.bytes, 0);
    let done = 0;
    const took = (more: number) => {
      done += more;
      progress?.({ done: read.total + done, total: read.total + bytes, unit: "bytes" });
    };
    await makeFileAtomic(file, async (temporary) => {
      using made = await Deno.open(temporary, { write: true, createNew: true });
      await writeArchive(made, dir, head, { took, ...(signal && { signal }) });
    });
    return { files: head.files.length, bytes, left };
  } catch (error) {
    throw explainSystemError(error, attempted);
  }
}

async function checkPlace(file: string): Promise<void> {
  if (await isThere(file)) {
    throw new UserError(
      `Cannot write ${file}: it needs a name that is free, found something there. Give another one, or remove it.`,
    );
  }
  const folder = dirname(resolve(file));
  if (await isThere(folder)) return;
  throw new UserError(
    `Cannot write ${file}: it needs the folder ${folder}, found none. Make it, or give another name.`,
  );
}

/** What the archive will hold, of a run that is as it was written. */
async function examine(
  dir: string,
  verifier: Verifier,
): Promise<{ readonly head: ArchiveHead; readonly left: readonly string[] }> {
  await verifier.measure([dir]);
  await verifier.run(dir, () => false); // its lock is held here
  const [first] = verifier.damage();
  if (first) {
    throw new UserError(
      `Cannot pack the run in ${dir}: it needs a run as it was written, found that ${first.message}. ` +
        `What mends it: ${first.mend}${
          first.command ? `:\n  ${shellCommand(first.command)}` : "."
        }`,
    );
  }
  const files: ArchiveHead["files"] = [];
  const left: string[] = [];
  for await (const { path, name, info } of filesBelow(dir, isPacked)) {
    if (info.isFile) files.push({ name, ...await verifier.hash(path) });
    else left.push(name);
  }
  files.sort((a, b) => a.name < b.name ? -1 : 1);
  return { head: { schema: 1, run: basename(resolve(dir)), files }, left };
}
