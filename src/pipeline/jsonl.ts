/** Logs: one JSON value a line. What is damaged is skipped, counted and said, never taken for a value. */
import { syncPath, unlessMissing, writeFileAtomic } from "./files.ts";
import type { Json } from "./json.ts";

const newline = 0x0a;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * What a log holds.
 *
 * @internal
 */
export interface JsonLines<T> {
  readonly values: readonly T[];
  /** Numbers (from 1) of the lines that are no value. */
  readonly bad: readonly number[];
  /** Bytes behind the last newline: a line that a crash cut off. */
  readonly torn: number;
}

/** Reads the whole lines of a log that `parse` takes; none where there is no file. `parse` throws on a
 * value that it does not take. */
export async function readJsonLines<T>(
  path: string,
  parse: (value: unknown) => T,
): Promise<JsonLines<T>> {
  const { lines, torn } = splitLines(await readBytes(path));
  const { values, bad } = parseLines(lines, parse);
  return { values, bad, torn };
}

/** The whole lines of a log, one at a time, and the byte that each ends before; none where there is no file. */
export async function* readLines(
  path: string,
): AsyncGenerator<{ readonly line: Uint8Array; readonly end: number }> {
  using file = await unlessMissing(Deno.open(path, { read: true }));
  const buffer = new Uint8Array(1 << 20);
  let rest = new Uint8Array();
  let end = 0;
  for (let read; file && (read = await file.read(buffer)) !== null;) {
    const bytes = new Uint8Array(rest.length + read);
    bytes.set(rest);
    bytes.set(buffer.subarray(0, read), rest.length);
    const { lines, torn } = splitLines(bytes);
    for (const line of lines) yield { line, end: end += line.length + 1 };
    rest = bytes.subarray(bytes.length - torn);
  }
}

/** The text of a log with these values. */
export function formatJsonLines(values: readonly Json[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}

/** The value on one line; undefined where it is no UTF-8, no JSON or not what `parse` takes. */
export function parseLine<T>(line: Uint8Array, parse: (value: unknown) => T): T | undefined {
  try {
    return parse(JSON.parse(utf8.decode(line)));
  } catch {
    return undefined;
  }
}

/** A log open for writing. Lines go to the system at once; `sync()` waits for the disk. */
export class JsonLog implements Disposable {
  readonly #path: string;
  readonly #file: Deno.FsFile;

  private constructor(path: string, file: Deno.FsFile) {
    this.#path = path;
    this.#file = file;
  }

  /** Opens or creates a log. Lines that `parse` does not take, and one that a crash cut off, are removed. */
  static async open(path: string, parse: (value: unknown) => unknown): Promise<JsonLog> {
    const { good, bad } = parseLines(splitLines(await readBytes(path)).lines, parse);
    const whole = joinLines(good);
    if (bad.length > 0) await writeFileAtomic(path, whole);
    return await JsonLog.at(path, whole.length);
  }

  /** Opens or creates a log, and removes what is behind its first `bytes` bytes. */
  static async at(path: string, bytes: number): Promise<JsonLog> {
    const file = await Deno.open(path, { write: true, create: true });
    await file.truncate(bytes);
    await file.seek(0, Deno.SeekMode.End);
    return new JsonLog(path, file);
  }

  append(value: Json): void {
    const bytes = new TextEncoder().encode(formatJsonLines([value]));
    for (let at = 0; at < bytes.length;) at += this.#file.writeSync(bytes.subarray(at));
  }

  async sync(): Promise<void> {
    await syncPath(this.#path);
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}

/** What is wrong with a log, in words; undefined where nothing is. */
export function describeDamage(
  { bad, torn }: Pick<JsonLines<unknown>, "bad" | "torn">,
): string | undefined {
  const found = [
    bad.length > 0 &&
    `line ${bad.slice(0, 5).join(", ")}${bad.length > 5 ? ", ..." : ""} cannot be ` +
      `read (${bad.length} in all)`,
    torn > 0 && `its last line is cut off after ${torn} bytes`,
  ].filter((part) => part !== false);
  return found.length > 0 ? found.join("; ") : undefined;
}

async function readBytes(path: string): Promise<Uint8Array> {
  return await unlessMissing(Deno.readFile(path)) ?? new Uint8Array();
}

function splitLines(bytes: Uint8Array): { readonly lines: Uint8Array[]; readonly torn: number } {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end; (end = bytes.indexOf(newline, start)) >= 0; start = end + 1) {
    lines.push(bytes.subarray(start, end));
  }
  return { lines, torn: bytes.length - start };
}

function parseLines<T>(lines: readonly Uint8Array[], parse: (value: unknown) => T) {
  const values: T[] = [];
  const good: Uint8Array[] = [];
  const bad: number[] = [];
  lines.forEach((line, at) => {
    const value = parseLine(line, parse);
    if (value === undefined) return void bad.push(at + 1);
    values.push(value);
    good.push(line);
  });
  return { values, good, bad };
}

function joinLines(lines: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, 0));
  let at = 0;
  for (const line of lines) {
    bytes.set(line, at);
    bytes[at + line.length] = newline;
    at += line.length + 1;
  }
  return bytes;
}
