/** A page of a run's event log, read from its end or from a place in it, so that the length of the log costs nothing. */
import type { FileHandle } from "node:fs/promises";
import { type RunEvent, runEventSchema } from "../pipeline/events.ts";
import { parseLine } from "../pipeline/jsonl.ts";
import { unseal } from "../pipeline/sealed.ts";
import type { RunFiles } from "./run_files.ts";

export interface LogPage {
  /** Newest first, without damaged lines. `at`: the byte of the log that the event's line begins at. */
  readonly events: readonly { readonly at: number; readonly event: RunEvent }[];
  /** Bytes of the log before these events: where the page before this one ends. Absent at the log's start. */
  readonly older?: number;
}

const pageEvents = 200;
/** Bytes that are read of the log for a page. */
const pageBytes = 1 << 18;

const newline = 10;

/** The events that end at byte `end` of the log, or at its end: `pageEvents` at most. Rejects with an UnreadableFile
 * where the log is none. */
export async function readLogPage(files: RunFiles, run: string, end = Infinity): Promise<LogPage> {
  const handle = await files.open(run, "events.jsonl");
  if (!handle) return { events: [] };
  try {
    return await readPage(handle, end);
  } finally {
    await handle.close();
  }
}

async function readPage(handle: FileHandle, asked: number): Promise<LogPage> {
  const end = Math.min(asked, (await handle.stat()).size);
  const start = Math.max(0, end - pageBytes);
  const buffer = new Uint8Array(end - start);
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
  const bytes = buffer.subarray(0, bytesRead);
  const events: LogPage["events"][number][] = [];
  // Behind the last newline stands a line that is not whole yet, before the first one the rest of one, or nothing.
  let to = bytes.lastIndexOf(newline);
  while (to >= 0 && events.length < pageEvents) {
    const from = to === 0 ? -1 : bytes.lastIndexOf(newline, to - 1);
    if (from < 0 && start > 0) break;
    const event = parseLine(
      bytes.subarray(from + 1, to),
      (json) => runEventSchema.parse(unseal(json)),
    );
    if (event) events.push({ at: start + from + 1, event });
    to = from;
  }
  const older = start + to + 1;
  // A line longer than a page is damaged: it is passed over.
  const next = older === end && start > 0 ? start : older;
  return { events, ...(next > 0 && { older: next }) };
}
