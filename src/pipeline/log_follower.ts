/** Follows a log that grows: each look reads and parses only the lines that are new. */
import type { FileHandle } from "node:fs/promises";
import { parseLine } from "./jsonl.ts";

/** What tells one state of a file from another without reading it. */
export interface FileVersion {
  readonly dev: number;
  readonly ino: number;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly mtime: number;
}

/** Where a log is read from; both answer `undefined` where there is no file. */
export interface LogFile {
  version(): Promise<FileVersion | undefined>;
  /** The caller closes it. */
  open(): Promise<FileHandle | undefined>;
}

export interface LogReader<T> {
  /** One parsed JSON value as a line of this log; throws on any other value. */
  parse(value: unknown): T;
  take(line: T): void;
  /** The log was cut or replaced: what was taken is void and comes again as far as it still stands. */
  restart(): void;
}

/** Bytes read at once; between two pieces timers and sockets have their turn. */
const pieceBytes = 1 << 18;
/** Bytes; a longer line is a damaged one. */
export const longestLine = 1 << 20;
/** Bytes before the place reached that are compared before reading on. */
const compared = 1024;

const newline = 10;

/** A line that is no JSON, no UTF-8 or no line of this log is left out and counted. A last line without
 * its end is left for the next look. Looks of one follower must not overlap. */
export class LogFollower<T> {
  readonly #log: LogFile;
  readonly #reader: LogReader<T>;
  #seen?: FileVersion;
  /** End of the last whole line that was read. */
  #offset = 0;
  /** The bytes before `#offset`, at most `compared` of them. */
  #before = new Uint8Array();
  /** Within a line that is too long: what comes before its end belongs to it. */
  #overlong = false;
  #skipped = 0;

  constructor(log: LogFile, reader: LogReader<T>) {
    this.#log = log;
    this.#reader = reader;
  }

  /** Lines left out so far. */
  get skipped(): number {
    return this.#skipped;
  }

  /** Takes what is new; says whether the file had changed. Rejects where it cannot be read. */
  async look(): Promise<boolean> {
    const version = await this.#log.version();
    if (sameVersion(version, this.#seen)) return false;
    const file = version && await this.#log.open();
    if (!file) {
      this.#restart();
      return true;
    }
    try {
      const { dev, ino, size, mtimeMs } = await file.stat();
      const found = { dev, ino, size, mtime: Math.trunc(mtimeMs) };
      if (this.#seen && !await this.#continues(file, found)) this.#restart();
      await this.#readOn(file);
      this.#seen = found;
    } finally {
      await file.close();
    }
    return true;
  }

  #restart(): void {
    this.#seen = undefined;
    this.#offset = 0;
    this.#before = new Uint8Array();
    this.#overlong = false;
    this.#skipped = 0;
    this.#reader.restart();
  }

  /** Whether the file only grew since the last look: still the same one, longer, and with the same
   * bytes before the place that was reached. */
  async #continues(file: FileHandle, { dev, ino, size }: FileVersion): Promise<boolean> {
    const seen = this.#seen;
    if (seen?.dev !== dev || seen.ino !== ino || size <= seen.size) return false;
    const now = await readAt(file, this.#offset - this.#before.length, this.#before.length);
    return now.every((byte, at) => byte === this.#before[at]) && now.length === this.#before.length;
  }

  async #readOn(file: FileHandle): Promise<void> {
    const from = this.#offset;
    let rest: Uint8Array<ArrayBuffer> = new Uint8Array();
    for (let at = from;;) {
      const piece = await readAt(file, at, pieceBytes);
      if (piece.length === 0) break;
      await turn();
      at += piece.length;
      const bytes = concat(rest, piece);
      const whole = bytes.lastIndexOf(newline) + 1;
      this.#takeLines(bytes.subarray(0, whole));
      rest = bytes.subarray(whole);
      this.#offset = at - rest.length;
      if (this.#overlong || rest.length > longestLine) {
        this.#overlong = true;
        this.#offset = at;
        rest = new Uint8Array();
      }
    }
    if (this.#offset === from) return;
    const length = Math.min(compared, this.#offset);
    this.#before = await readAt(file, this.#offset - length, length);
  }

  /** `bytes`: whole lines, each with its newline. */
  #takeLines(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length;) {
      const end = bytes.indexOf(newline, start);
      const line = bytes.subarray(start, end);
      start = end + 1;
      if (this.#overlong) {
        this.#overlong = false;
        this.#skipped++;
      } else if (line.length > longestLine) {
        this.#skipped++;
      } else if (line.length > 0) {
        this.#takeLine(line);
      }
    }
  }

  #takeLine(line: Uint8Array): void {
    const value = parseLine(line, (json) => this.#reader.parse(json));
    if (value === undefined) this.#skipped++;
    else this.#reader.take(value);
  }
}

/** Lets the event loop go round. Reads that are awaited are not enough: while they are ready at once, no
 * timer and no socket was seen to have a turn for half a second; nor is `setImmediate`, beside which sockets were served
 * eight times in a second of work (Deno 2.9.6). */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Whether nothing has happened to a file between two looks. */
export function sameVersion(a: FileVersion | undefined, b: FileVersion | undefined): boolean {
  return a?.dev === b?.dev && a?.ino === b?.ino && a?.size === b?.size && a?.mtime === b?.mtime;
}

/** Up to `length` bytes from `position` on, fewer only at the end of the file. */
async function readAt(
  file: FileHandle,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

function concat(
  a: Uint8Array<ArrayBuffer>,
  b: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  if (a.length === 0) return b;
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
