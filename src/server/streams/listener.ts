/** One client of a feed: where it is, and what it is sent next. */
import type { EventId } from "../../registry/event_id.ts";
import type { Chunk, EventFeed } from "./event_feed.ts";
import { gone, greeting, heartbeat, reset } from "./messages.ts";

/** Bytes that wait for a client that takes them slowly; the rest waits in the feed, or in its log. */
const mostWaiting = 1 << 16;

const encoder = new TextEncoder();
const [greetingBytes, heartbeatBytes, goneBytes] = [greeting, heartbeat, gone]
  .map((text) => encoder.encode(text)) as [Bytes, Bytes, Bytes];

type Bytes = Uint8Array<ArrayBuffer>;

export class Listener {
  /** What the client is sent. */
  readonly body: ReadableStream<Bytes>;
  readonly #feed: EventFeed;
  readonly #onEnd: () => void;
  #controller!: ReadableStreamDefaultController<Bytes>;
  #epoch: number;
  /** What the client has, as long as it is not known whether this log holds it. */
  #given: EventId | undefined;
  /** Number of the event that comes next. */
  #next = 1;
  #history: AsyncGenerator<Chunk> | undefined;
  #isSending = false;
  #hasBegun = false;
  #hasNews = false;
  #isOver = false;

  /** `given`: the last event that the client has. `onEnd`: once nothing more is sent. */
  constructor(feed: EventFeed, given: EventId | undefined, onEnd: () => void) {
    this.#feed = feed;
    this.#given = given;
    this.#onEnd = onEnd;
    this.#epoch = feed.epoch;
    this.body = new ReadableStream<Bytes>({
      start: (controller) => {
        this.#controller = controller;
        controller.enqueue(greetingBytes);
      },
      pull: () => this.advance(),
      cancel: () => this.#end(),
    }, new ByteLengthQueuingStrategy({ highWaterMark: mostWaiting }));
  }

  /** Called once a look at the log has begun after the client came: only then is it known what it has missed. */
  begin(): void {
    this.#hasBegun = true;
    void this.advance();
  }

  /** Sends what there is, as far as the client takes it. */
  async advance(): Promise<void> {
    this.#hasNews = true;
    if (this.#isSending) return; // sending may ask for more at once
    this.#isSending = true;
    await this.#advance();
  }

  /** Keeps a connection open on which nothing else happens. */
  beat(): void {
    if (this.#takesMore()) this.#controller.enqueue(heartbeatBytes);
  }

  async #advance(): Promise<void> {
    try {
      while (this.#hasNews) {
        this.#hasNews = false;
        await this.#sendOn();
      }
    } catch (error) { // the connection breaks off; the client comes again
      if (!this.#isOver) this.#controller.error(error);
      this.#end();
    }
    this.#isSending = false;
  }

  async #sendOn(): Promise<void> {
    while (this.#hasBegun && this.#takesMore() && this.#feed.isSettled) {
      if (this.#feed.isGone) return this.#close();
      this.#findPlace();
      const { epoch } = this.#feed;
      const chunk = this.#recent() ?? await this.#older();
      if (!chunk) return;
      if (this.#isOver) return;
      if (this.#feed.epoch !== epoch) continue;
      this.#next = chunk.next;
      this.#controller.enqueue(chunk.bytes);
    }
  }

  /** Begins anew where the log did, or is not the one that the client knows. */
  #findPlace(): void {
    const { epoch, log, count } = this.#feed;
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#given = undefined;
      this.#restart();
    }
    if (this.#given === undefined || log === undefined) return;
    const { log: known, n } = this.#given;
    this.#given = undefined;
    if (known === log && n <= count) this.#next = n + 1;
    else this.#restart();
  }

  #restart(): void {
    this.#next = 1;
    this.#leaveHistory();
    this.#controller.enqueue(encoder.encode(reset(this.#feed.log)));
  }

  #recent(): Chunk | undefined {
    const chunk = this.#feed.recent(this.#next);
    if (chunk) this.#leaveHistory();
    return chunk;
  }

  /** The message of an event that is in memory no more; undefined where there is none yet. */
  async #older(): Promise<Chunk | undefined> {
    const next = this.#next;
    if (next > this.#feed.count) return undefined;
    const history = this.#history ??= this.#feed.history();
    for (;;) {
      const { value: chunk } = await history.next();
      if (chunk === undefined) break;
      if (chunk.next > next) return chunk;
    }
    if (this.#history === history) this.#history = undefined;
    return undefined;
  }

  #leaveHistory(): void {
    void this.#history?.return(undefined);
    this.#history = undefined;
  }

  #takesMore(): boolean {
    return !this.#isOver && (this.#controller.desiredSize ?? 0) > 0;
  }

  #close(): void {
    this.#controller.enqueue(goneBytes);
    this.#controller.close();
    this.#end();
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#leaveHistory();
    this.#onEnd();
  }
}
