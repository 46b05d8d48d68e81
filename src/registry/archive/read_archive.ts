/** What an archive of a run holds, file by file, each held to what the archive says of itself. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type Extract, extract } from "tar-stream";
import { reasonOf } from "../../pipeline/reason.ts";
import { BadArchive, together } from "./cause.ts";
import { type ArchiveHead, headFile, longestHead, parseHead } from "./head.ts";

/** A file in a tar file: its header, and its bytes. */
type Entry = Extract extends AsyncIterable<infer Source> ? Source : never;

/** Who takes what is read. */
export interface ArchiveReader {
  /** What will come; called once, before all files. */
  begin(head: ArchiveHead): Promise<void>;
  /** One file, in the order of the head. `pieces` ends with an error where they are not what the head says. */
  file(name: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
}

/** Reads the archive in `file`, a piece at a time. Rejects with a BadArchive where it is damaged, or holds anything but
 * regular files of one run under the names, lengths and hashes of its head. */
export async function readArchive(
  file: string,
  reader: ArchiveReader,
  signal?: AbortSignal,
): Promise<void> {
  const entries = extract();
  entries.on("error", () => {}); // it is heard from both promises below
  const limit = { bytes: longestHead + blocks };
  const fed = pipeline(
    createReadStream(file),
    createGunzip(),
    (pieces: AsyncIterable<Uint8Array>) => limited(pieces, limit),
    entries,
    signal ? { signal } : {},
  );
  try {
    await together([take(entries, reader, limit), fed], () => entries.destroy());
  } catch (error) {
    signal?.throwIfAborted();
    throw isOfArchive(error) ? new BadArchive((error as Error).message, { cause: error }) : error;
  }
}

/** The headers of an entry, long names too, and what fills its last block; and the end of the archive. */
const blocks = 1 << 14;

/** No more than it says of itself: a small archive can stand for any number of zeros. */
async function* limited(
  pieces: AsyncIterable<Uint8Array>,
  limit: { readonly bytes: number },
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > limit.bytes) throw new BadArchive("it holds more than it says");
    yield piece;
  }
}

async function take(
  entries: AsyncIterable<Entry>,
  reader: ArchiveReader,
  limit: { bytes: number },
): Promise<void> {
  let head: ArchiveHead | undefined;
  let at = 0;
  for await (const entry of entries) {
    const { type, name, size = 0 } = entry.header;
    if (type !== "file") throw new BadArchive(`it holds a ${type}, ${JSON.stringify(name)}`);
    if (!head) {
      head = await readHead(entry);
      limit.bytes += head.files.reduce((sum, { bytes }) => sum + bytes + blocks, 0);
      await reader.begin(head);
      continue;
    }
    const expected = head.files[at++];
    const found = `${JSON.stringify(name)} with ${size} bytes`;
    if (!expected) throw new BadArchive(`it goes on with ${found} where it says that it ends`);
    if (name !== `${head.run}/${expected.name}` || size !== expected.bytes) {
      throw new BadArchive(
        `it holds ${found} where it says ${expected.name} with ${expected.bytes}`,
      );
    }
    await reader.file(expected.name, hashed(entry as AsyncIterable<Uint8Array>, expected));
  }
  if (!head) throw new BadArchive("it is empty");
  if (at < head.files.length) throw new BadArchive(`it ends before ${head.files[at]?.name}`);
}

async function readHead(entry: Entry): Promise<ArchiveHead> {
  const { name, size = 0 } = entry.header;
  if (!name.endsWith(`/${headFile}`) || size > longestHead) {
    throw new BadArchive(`it begins with ${JSON.stringify(name)}, and not with ${headFile}`);
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of entry as AsyncIterable<Uint8Array>) pieces.push(piece);
  let head: ArchiveHead;
  try {
    head = parseHead(new TextDecoder().decode(await new Blob(pieces as BlobPart[]).bytes()));
  } catch (error) {
    throw new BadArchive(`${headFile} in it is damaged: ${reasonOf(error)}`, { cause: error });
  }
  if (name === `${head.run}/${headFile}`) return head;
  throw new BadArchive(`${headFile} in it is of ${head.run}, and lies in ${JSON.stringify(name)}`);
}

async function* hashed(
  pieces: AsyncIterable<Uint8Array>,
  { name, sha256 }: ArchiveHead["files"][number],
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest("hex") !== sha256) {
    throw new BadArchive(`${name} in it is damaged: it has another SHA-256 than the archive says`);
  }
}

/** Of zlib, of tar-stream (which gives its errors no code), or of the above. */
function isOfArchive(error: unknown): boolean {
  if (error instanceof BadArchive) return true;
  const code = (error as { code?: unknown }).code;
  return typeof code === "string"
    ? code.startsWith("Z_")
    : error instanceof Error && tarErrors.test(error.message);
}

const tarErrors = /^(Invalid tar header|Invalid header|Header exceeds|Unexpected end of data)/;
