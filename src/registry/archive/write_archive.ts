/** An archive of a run: tar, compressed by gzip. The same files give the same bytes. */
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { type Header, type Pack, pack } from "tar-stream";
import { writeAll } from "../../pipeline/files.ts";
import { together } from "./cause.ts";
import { type ArchiveHead, formatHead, headFile } from "./head.ts";

/** What would differ from machine to machine, or from time to time. */
const fixed = { type: "file", mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 } as const;

/** Writes the archive of the files in `dir` to `file`, a piece at a time. `took` is called with the bytes of each file's
 * pieces. Rejects where a file is no longer as long as `head` says. */
export async function writeArchive(
  file: Deno.FsFile,
  dir: string,
  head: ArchiveHead,
  { took, signal }: { readonly took: (bytes: number) => void; readonly signal?: AbortSignal },
): Promise<void> {
  const archive = pack();
  archive.on("error", () => {}); // it is heard from `written`
  const sink = new Writable({
    write(bytes: Uint8Array, _encoding, done) {
      writeAll(file, bytes).then(() => done(), done);
    },
  });
  const written = pipeline(archive, createGzip(), sink, signal ? { signal } : {});
  try {
    await together([fill(archive, dir, head, took), written], () => archive.destroy());
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

async function fill(
  archive: Pack,
  dir: string,
  head: ArchiveHead,
  took: (bytes: number) => void,
): Promise<void> {
  const text = new TextEncoder().encode(formatHead(head));
  await add(archive, { name: `${head.run}/${headFile}`, size: text.length }, [text]);
  for (const { name, bytes } of head.files) {
    const pieces = createReadStream(join(dir, name), { highWaterMark: 1 << 18 });
    await add(archive, { name: `${head.run}/${name}`, size: bytes }, pieces, took);
  }
  archive.finalize();
}

async function add(
  archive: Pack,
  header: Pick<Header, "name" | "size">,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  took: (bytes: number) => void = () => {},
): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const entry = archive.entry({ ...header, ...fixed }, (error) => {
    if (error) ended.reject(error);
    else ended.resolve();
  });
  entry.on("error", () => {}); // it is heard from `ended`, below
  ended.promise.catch(() => {});
  const closed = new Promise<void>((resolve) => void entry.once("close", () => resolve()));
  for await (const piece of pieces) {
    if (entry.destroyed) break;
    took(piece.length);
    if (entry.write(piece)) continue;
    const drained = new Promise<void>((resolve) => void entry.once("drain", () => resolve()));
    await Promise.race([drained, closed]);
  }
  entry.end(null);
  await ended.promise;
}
