/** Append-only logs: one JSON value a line. A line torn by a crash is dropped on read and on reopening. */
import { syncPath, unlessMissing } from "./files.ts";
import type { Json } from "./json.ts";

/** Reads the whole lines of a log, `[]` where there is no file. */
export async function readJsonLines<T>(path: string, parse: (value: unknown) => T): Promise<T[]> {
  const text = await unlessMissing(Deno.readTextFile(path)) ?? "";
  return wholeLines(text).split("\n").flatMap((line) =>
    line === "" ? [] : [parse(JSON.parse(line))]
  );
}

/** A log open for writing. Lines go to the system at once; `sync()` waits for the disk. */
export class JsonLog implements Disposable {
  readonly #path: string;
  readonly #file: Deno.FsFile;

  private constructor(path: string, file: Deno.FsFile) {
    this.#path = path;
    this.#file = file;
  }

  /** Opens or creates a log, keeping its first `keep` whole lines (all by default). */
  static async open(path: string, keep = Infinity): Promise<JsonLog> {
    const text = await unlessMissing(Deno.readTextFile(path)) ?? "";
    const lines = wholeLines(text).split("\n").slice(0, -1).slice(0, keep);
    const kept = lines.map((line) => `${line}\n`).join("");
    const file = await Deno.open(path, { write: true, create: true });
    await file.truncate(new TextEncoder().encode(kept).length);
    await file.seek(0, Deno.SeekMode.End);
    return new JsonLog(path, file);
  }

  append(value: Json): void {
    const bytes = new TextEncoder().encode(`${JSON.stringify(value)}\n`);
    for (let at = 0; at < bytes.length;) at += this.#file.writeSync(bytes.subarray(at));
  }

  async sync(): Promise<void> {
    await syncPath(this.#path);
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}

function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf("\n") + 1);
}
