/** Reads files of run folders: regular files that lie there themselves. Links are not followed. */
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { unlessMissing } from "../pipeline/files.ts";
import type { FileVersion } from "../pipeline/log_follower.ts";

/** A file that is there and cannot be shown. The message names it by its path in the run's folder. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}

/** The run folders under `out`, each named by its own name and the names below it. */
export class RunFiles {
  readonly #out: string;

  constructor(out: string) {
    this.#out = out;
  }

  /** Names of the folders, sorted; none where `out` is missing. Links to folders are passed over, and so are folders that
   * a dot hides: runs on their way in or out. Read at once: of a thousand folders that takes a millisecond, and one by
   * one a hundred. */
  async folders(): Promise<string[]> {
    const entries = await unlessMissing(
      Promise.try(() => [...Deno.readDirSync(this.#out)]),
    );
    const shown = (entries ?? []).filter(({ name, isDirectory }) =>
      isDirectory && !name.startsWith(".")
    );
    return shown.map(({ name }) => name).sort();
  }

  /** Whether a folder of that very name is there; no path is made from any other name. */
  async hasFolder(...names: string[]): Promise<boolean> {
    if (!names.every(isPlain)) return false;
    const stat = await Deno.lstat(this.path(...names)).catch(() => undefined);
    return stat?.isDirectory ?? false;
  }

  /** The path, with nothing checked. */
  path(...names: string[]): string {
    return join(this.#out, ...names);
  }

  /** Looks at a file without opening it; `undefined` where there is none. */
  async version(...names: string[]): Promise<FileVersion | undefined> {
    const file = inFolder(names);
    const stat = await attempt(file, unlessGone(Deno.lstat(this.path(...names))));
    if (!stat) return undefined;
    if (stat.isSymlink) throw isLink(file);
    if (!stat.isFile) throw new UnreadableFile(`${file} is no regular file`);
    const { dev, ino, size, mtime } = stat;
    return { dev, ino: ino ?? 0, size, mtime: mtime?.getTime() ?? 0 };
  }

  /** Opens a file for reading; `undefined` where there is none. The caller closes it. */
  async open(...names: string[]): Promise<FileHandle | undefined> {
    const file = inFolder(names);
    if (!await this.version(...names)) return undefined;
    // What lies there may change between the look and the opening: a link is not followed then
    // either, and a pipe does not wait for its writer.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const handle = await attempt(file, unlessGone(open(this.path(...names), flags)));
    if (!handle) return undefined;
    try {
      const opened = await handle.stat();
      if (!opened.isFile()) throw new UnreadableFile(`${file} is no regular file`);
      const there = await attempt(file, unlessGone(this.#withoutLinks(names)));
      if (there?.dev === opened.dev && there.ino === opened.ino) return handle;
      if (there) throw isLink(file);
    } catch (error) {
      await handle.close();
      throw error;
    }
    await handle.close();
    return undefined;
  }

  /** The text of a file; `undefined` where there is none. */
  async text(...names: string[]): Promise<string | undefined> {
    const handle = await this.open(...names);
    try {
      return await handle?.readFile("utf-8");
    } finally {
      await handle?.close();
    }
  }

  /** What lies at a path whose folders are no links; `isLink` where one is. */
  async #withoutLinks(names: readonly string[]): Promise<Deno.FileInfo> {
    const path = join(await Deno.realPath(this.#out), ...names);
    if (await Deno.realPath(path) !== path) throw isLink(inFolder(names));
    return await Deno.lstat(path);
  }
}

/** How a message names a file: from the run's folder on. Throws on a name that would lead elsewhere. */
function inFolder([_run, ...names]: readonly string[]): string {
  const bad = names.find((name) => !isPlain(name));
  if (bad !== undefined) throw new UnreadableFile(`${JSON.stringify(bad)} is no name of a file`);
  return names.join("/");
}

/** Whether a name is that of something in a folder, and leads nowhere else. */
export function isPlain(name: string): boolean {
  return !["", ".", ".."].includes(name) && !/[/\\\0]/.test(name);
}

function isLink(file: string): UnreadableFile {
  return new UnreadableFile(`${file} is a symbolic link or lies behind one`);
}

/** The promise's value, or `undefined` where the file is gone; errors of `node:fs` and of Deno alike. */
async function unlessGone<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return undefined;
    throw error;
  }
}

async function attempt<T>(file: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    if ((error as { code?: unknown }).code === "ELOOP") throw isLink(file);
    const reason = (error as Error).message.replace(/[,:] \w+ '.*$/s, "");
    throw new UnreadableFile(`${file} cannot be read: ${reason}`, { cause: error });
  }
}
