/** Files that are either whole or not there: temporary name, fsync, rename. */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";

/** Writes `data` so that `path` holds either its old content or all of the new. Text may come in pieces, which are
 * not kept. */
export async function writeFileAtomic(
  path: string,
  data: Uint8Array | string | Iterable<string>,
): Promise<void> {
  await makeFileAtomic(path, async (temporary) => {
    using file = await Deno.open(temporary, { write: true, createNew: true });
    for (const bytes of data instanceof Uint8Array ? [data] : encoded(data)) {
      await writeAll(file, bytes);
    }
  });
}

/** Likewise, of the file that `write` makes at the path that it is given. */
export async function makeFileAtomic(
  path: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await write(temporary);
    await syncPath(temporary);
    await Deno.rename(temporary, path);
  } catch (error) {
    await removeIfThere(temporary);
    throw error;
  }
  await syncPath(dirname(path));
}

/** Text as UTF-8, in pieces of at least so many UTF-16 units: each is a write. */
const atOnce = 1 << 16;

function* encoded(text: string | Iterable<string>): Generator<Uint8Array> {
  const utf8 = new TextEncoder();
  let piece = "";
  for (const more of typeof text === "string" ? [text] : text) {
    piece += more;
    if (piece.length < atOnce) continue;
    yield utf8.encode(piece);
    piece = "";
  }
  yield utf8.encode(piece);
}

/** Writes all of these bytes to where a file stands: a single write may take fewer. */
export async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

/** The next `count` bytes of a file; fewer where it ends before. */
export async function readUpTo(
  file: Deno.FsFile,
  count: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(count);
  let read = 0;
  for (let more; read < count && (more = await file.read(bytes.subarray(read))) !== null;) {
    read += more;
  }
  return bytes.subarray(0, read);
}

/** Removes from a folder and those in it what killed processes left half written: the temporary files of
 * `writeFileAtomic` and of `save` in py/clusterfit/tensors.py, by their names. Nobody else may write there. */
export async function removeTemporaries(dir: string): Promise<void> {
  for await (const { name, isFile, isDirectory } of Deno.readDir(dir)) {
    const path = join(dir, name);
    if (isDirectory) await removeTemporaries(path);
    else if (isFile && temporaryName.test(name)) await removeIfThere(path);
  }
}

/** `<name>.<UUID>.tmp` or `.<name>.<process id>.tmp`. */
const temporaryName = /^(.+\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\..+\.\d+)\.tmp$/;

/** Flushes a file or a folder's entries to the disk. */
export async function syncPath(path: string): Promise<void> {
  using file = await Deno.open(path, { read: true });
  await file.sync();
}

/** SHA-256 (hex) and length of a file. */
export interface FileHash {
  readonly sha256: string;
  readonly bytes: number;
}

/** Hashes a file, read in pieces so that the event loop goes on; `took` is called with the bytes of each. */
export async function hashFile(
  path: string,
  took: (bytes: number) => void = () => {},
): Promise<FileHash> {
  const hash = createHash("sha256");
  let bytes = 0;
  using file = await Deno.open(path, { read: true });
  const buffer = new Uint8Array(1 << 20);
  for (let read; (read = await file.read(buffer)) !== null;) {
    hash.update(buffer.subarray(0, read));
    bytes += read;
    took(read);
  }
  return { sha256: hash.digest("hex"), bytes };
}

/** SHA-256 (hex) of the next `bytes` bytes of a file, or of those that are left, read likewise; where there is no file,
 * that of none. */
export async function hashNext(file: Deno.FsFile | undefined, bytes: number): Promise<string> {
  const hash = createHash("sha256");
  const buffer = new Uint8Array(Math.min(bytes, 1 << 20));
  for (let left = bytes; file && left > 0;) {
    const read = await file.read(buffer.subarray(0, left));
    if (read === null) break;
    hash.update(buffer.subarray(0, read));
    left -= read;
  }
  return hash.digest("hex");
}

/** Gives a folder hard links of these files of another one, copies where the disk allows no links; says
 * whether any is a copy. */
export async function linkFiles(
  from: string,
  to: string,
  names: readonly string[],
): Promise<boolean> {
  let copied = false;
  for (const name of names) {
    try {
      await Deno.link(join(from, name), join(to, name));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) throw error;
      await Deno.copyFile(join(from, name), join(to, name));
      await syncPath(join(to, name));
      copied = true;
    }
  }
  return copied;
}

/** Puts a finished folder in the place of what is there, if anything is. Killed between the two, nothing is
 * there: `from` still is. */
export async function moveFolder(from: string, to: string): Promise<void> {
  await syncPath(from);
  await removeIfThere(to);
  await Deno.mkdir(dirname(to), { recursive: true });
  await Deno.rename(from, to);
  await syncPath(dirname(to));
}

/** Removes a file or folder; nothing there is fine. */
export async function removeIfThere(path: string): Promise<void> {
  await unlessMissing(Deno.remove(path, { recursive: true }));
}

/** Whether anything has this name. */
export async function isThere(path: string): Promise<boolean> {
  return await unlessMissing(Deno.lstat(path)) !== undefined;
}

/** The promise's value, or `undefined` where the file or folder is missing. */
export async function unlessMissing<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** What is known of a file without opening it, at once; `undefined` where it is missing. */
export function statIfThere(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The text of a file, or `undefined` where there is none. */
export function readTextIfThere(path: string): Promise<string | undefined> {
  return unlessMissing(Deno.readTextFile(path));
}
