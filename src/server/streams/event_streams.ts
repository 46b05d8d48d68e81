/** All event streams that are open, each run's fed by one look at its log. */
import type { EventId } from "../../registry/event_id.ts";
import type { RunFiles } from "../../registry/run_files.ts";
import { EventFeed } from "./event_feed.ts";
import { Listener } from "./listener.ts";

/** Milliseconds. */
export interface StreamTimes {
  /** From one look at a log to the next, as long as somebody listens. */
  readonly look: number;
  /** Between the comments that keep quiet connections open. */
  readonly beat: number;
}

export const defaultStreamTimes: StreamTimes = { look: 100, beat: 15_000 };

export interface EventStreamsOptions {
  readonly times?: StreamTimes;
  /** Characters of messages that are kept of each run. */
  readonly kept?: number;
  /** Told of every error that no one expected. */
  readonly onFault: (error: Error) => void;
}

export class EventStreams {
  readonly #files: RunFiles;
  readonly #options: EventStreamsOptions;
  readonly #times: StreamTimes;
  readonly #followed = new Map<string, FollowedFeed>();

  constructor(files: RunFiles, options: EventStreamsOptions) {
    this.#files = files;
    this.#options = options;
    this.#times = options.times ?? defaultStreamTimes;
  }

  /** Runs that are followed: those that somebody listens to. */
  get followed(): number {
    return this.#followed.size;
  }

  /** The messages of a run after `given`, from the first one on where that is undefined. `onEnd`: once the
   * client is gone, or the run. */
  open(run: string, given: EventId | undefined, onEnd: () => void): ReadableStream<Uint8Array> {
    const followed = this.#followed.get(run) ?? this.#follow(run);
    return followed.add(given, onEnd);
  }

  #follow(run: string): FollowedFeed {
    const { kept, onFault } = this.#options;
    const feed = new EventFeed(this.#files, run, kept === undefined ? {} : { kept });
    const followed = new FollowedFeed(feed, this.#times, {
      onFault,
      onIdle: () => {
        if (this.#followed.get(run) === followed) this.#followed.delete(run);
      },
    });
    this.#followed.set(run, followed);
    return followed;
  }
}

class FollowedFeed {
  readonly #feed: EventFeed;
  readonly #times: StreamTimes;
  readonly #on: { readonly onFault: (error: Error) => void; readonly onIdle: () => void };
  readonly #listeners = new Set<Listener>();
  #look: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;

  constructor(
    feed: EventFeed,
    times: StreamTimes,
    on: { readonly onFault: (error: Error) => void; readonly onIdle: () => void },
  ) {
    this.#feed = feed;
    this.#times = times;
    this.#on = on;
  }

  add(given: EventId | undefined, onEnd: () => void): ReadableStream<Uint8Array> {
    const listener = new Listener(this.#feed, given, () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stop();
      onEnd();
    });
    this.#listeners.add(listener);
    this.#beat ??= setInterval(() => this.#beatAll(), this.#times.beat);
    this.#look ??= this.#lookLater();
    void this.#tell(this.#feed.lookAnew()).then(() => listener.begin());
    return listener.body;
  }

  #lookLater() {
    return setTimeout(async () => {
      await this.#tell(this.#feed.look());
      for (const listener of [...this.#listeners]) void listener.advance();
      if (this.#listeners.size > 0) this.#look = this.#lookLater();
    }, this.#times.look);
  }

  async #tell(look: Promise<void>): Promise<void> {
    await look.catch(this.#on.onFault);
  }

  #beatAll(): void {
    for (const listener of this.#listeners) listener.beat();
  }

  #stop(): void {
    clearTimeout(this.#look);
    clearInterval(this.#beat);
    this.#look = this.#beat = undefined;
    this.#on.onIdle();
  }
}
