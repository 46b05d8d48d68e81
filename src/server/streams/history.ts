/** The events of a log from its beginning, for a client that is behind what is kept in memory. */
import type { FileHandle } from "node:fs/promises";
import { eventReader, type RunEvent } from "../../pipeline/events.ts";
import { parseLine } from "../../pipeline/jsonl.ts";
import { longestLine } from "../../pipeline/log_follower.ts";

const pieceBytes = 1 << 16;
const newline = 10;

/** The whole lines that are events of `run`, in order. Closes the file at its end, or when no more are asked for. */
export async function* readEvents(file: FileHandle, run: string): AsyncGenerator<RunEvent> {
  for await (const { event } of readPlacedEvents(file, run)) yield event;
}

export interface PlacedEvent {
  readonly event: RunEvent;
  /** Byte of the log that its line begins at. */
  readonly at: number;
}

/** Likewise, from the line that begins at byte `from` on. */
export async function* readPlacedEvents(
  file: FileHandle,
  run: string,
  from = 0,
): AsyncGenerator<PlacedEvent> {
  const read = eventReader(run);
  try {
    for await (const { line, at } of readLines(file, from)) {
      const event = parseLine(line, read);
      if (event !== undefined) yield { event, at };
    }
  } finally {
    await file.close();
  }
}

/** Without those that are too long, which a `LogFollower` leaves out, too. */
async function* readLines(
  file: FileHandle,
  from: number,
): AsyncGenerator<{ readonly line: Uint8Array; readonly at: number }> {
  let rest = new Uint8Array();
  let overlong = false;
  for (let position = from;;) {
    const bytes = new Uint8Array(rest.length + pieceBytes);
    bytes.set(rest);
    const { bytesRead } = await file.read(bytes, rest.length, pieceBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    const filled = bytes.subarray(0, rest.length + bytesRead);
    const begin = position - filled.length;
    let start = 0;
    for (let end; (end = filled.indexOf(newline, start)) >= 0; start = end + 1) {
      const line = filled.subarray(start, end);
      if (!overlong && line.length <= longestLine) yield { line, at: begin + start };
      overlong = false;
    }
    rest = filled.slice(start);
    if (rest.length > longestLine) {
      overlong = true;
      rest = new Uint8Array();
    }
  }
}
