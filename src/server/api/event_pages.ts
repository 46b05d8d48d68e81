/** Events of runs, a page at a time. Where a page ended is remembered, so that the next one costs what is in it, and not
 * what stands before it. */
import type { z } from "zod";
import { type RunEvent, sealEvent } from "../../pipeline/events.ts";
import { type EventId, formatEventId, logName, parseEventId } from "../../registry/event_id.ts";
import type { RunFiles } from "../../registry/run_files.ts";
import { type PlacedEvent, readPlacedEvents } from "../streams/history.ts";
import type { eventsSchema } from "./schemas.ts";

export type EventPage = z.infer<typeof eventsSchema>;

/** Where the line of an event begins, and the checksum in it. */
interface Mark {
  readonly at: number;
  readonly checksum: unknown;
}

/** Ends of pages that are remembered. */
const mostMarks = 1000;

export class EventPages {
  readonly #files: RunFiles;
  /** By run and id of the event, in the order in which they were remembered. */
  readonly #marks = new Map<string, Mark>();

  constructor(files: RunFiles) {
    this.#files = files;
  }

  /** The events behind `after`, `limit` at most; the first ones where that is none of this log. `id`: of the run. */
  async read(
    { name, id }: { readonly name: string; readonly id: string },
    after: string | undefined,
    limit: number,
  ): Promise<EventPage> {
    const known = after === undefined ? undefined : parseEventId(after);
    const mark = known && this.#marks.get(`${name}/${after}`);
    const page = mark && await this.#from(mark, name, id, known, limit);
    return page ?? await this.#fromBeginning(name, id, known, limit);
  }

  /** `undefined` where the log is another one by now. */
  async #from({ at, checksum }: Mark, name: string, id: string, known: EventId, limit: number) {
    const file = await this.#files.open(name, "events.jsonl");
    if (!file) return undefined;
    const all = readPlacedEvents(file, id, at);
    const { value } = await all.next();
    if (value && value.at === at && checksumOf(value.event) === checksum) {
      return await this.#page(all, name, known, limit);
    }
    await all.return(undefined);
    return undefined;
  }

  async #fromBeginning(name: string, id: string, known: EventId | undefined, limit: number) {
    const file = await this.#files.open(name, "events.jsonl");
    if (!file) return { events: [], next: null };
    const all = readPlacedEvents(file, id);
    const first = await all.next();
    if (first.done) return { events: [], next: null };
    const log = logName(first.value.event);
    const behind = known?.log === log ? known.n : 0;
    for (let n = 1; n < behind; n++) if ((await all.next()).done) break;
    const start = { log, n: behind };
    return await this.#page(behind === 0 ? before(first.value, all) : all, name, start, limit);
  }

  /** `all`: the events behind `start`. */
  async #page(
    all: AsyncGenerator<PlacedEvent>,
    name: string,
    { log, n }: EventId,
    limit: number,
  ): Promise<EventPage> {
    const events: EventPage["events"] = [];
    let last: PlacedEvent | undefined;
    let next: string | null = null;
    for await (const placed of all) {
      if (events.length === limit) {
        next = events.at(-1)!.id;
        break;
      }
      last = placed;
      events.push({ id: formatEventId({ log, n: ++n }), event: placed.event });
    }
    if (last) this.#remember(`${name}/${events.at(-1)!.id}`, last);
    return { events, next };
  }

  #remember(key: string, { at, event }: PlacedEvent): void {
    this.#marks.delete(key);
    this.#marks.set(key, { at, checksum: checksumOf(event) });
    const [oldest] = this.#marks.keys();
    if (this.#marks.size > mostMarks) this.#marks.delete(oldest!);
  }
}

const checksumOf = (event: RunEvent) => sealEvent(event)["checksum"];

async function* before<T>(first: T, others: AsyncGenerator<T>): AsyncGenerator<T> {
  yield first;
  yield* others;
}
