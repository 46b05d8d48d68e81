/** The events of one run as messages: one look at its log serves all who listen. */
import { createHash, type Hash } from "node:crypto";
import { eventReader, type RunEvent } from "../../pipeline/events.ts";
import { type FileVersion, LogFollower, sameVersion } from "../../pipeline/log_follower.ts";
import { parseRecord } from "../../pipeline/record.ts";
import { logName } from "../../registry/event_id.ts";
import { type RunFiles, UnreadableFile } from "../../registry/run_files.ts";
import { readEvents } from "./history.ts";
import { eventMessage } from "./messages.ts";

/** Characters of messages that are kept; older ones are read from the log again. */
const mostKept = 1 << 20;
/** Characters that are given at once, unless one message is longer. */
const mostAtOnce = 1 << 15;

/** Messages of events that follow each other. */
export interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Number of the event after them. */
  readonly next: number;
}

/** What a log held when it was begun anew. */
interface Former {
  readonly count: number;
  readonly digest: string;
}

export class EventFeed {
  readonly #files: RunFiles;
  readonly #name: string;
  readonly #kept: number;
  #record?: { readonly version: FileVersion | undefined; readonly id: string | undefined };
  #follower: LogFollower<RunEvent> | undefined;
  #looking: Promise<void> | undefined;
  #lookingNext: Promise<void> | undefined;
  #log: string | undefined;
  #count = 0;
  /** How often what was given out became void. */
  #epoch = 0;
  #isGone = false;
  #messages: string[] = [];
  #characters = 0;
  #hash: Hash = createHash("sha256");
  #former: Former | undefined;
  #chunk: (Chunk & { readonly from: number }) | undefined;

  /** `kept`: characters of messages that stay in memory. */
  constructor(files: RunFiles, name: string, { kept = mostKept } = {}) {
    this.#files = files;
    this.#name = name;
    this.#kept = kept;
  }

  /** Undefined as long as there is no event. */
  get log(): string | undefined {
    return this.#log;
  }

  /** Events so far. */
  get count(): number {
    return this.#count;
  }

  /** Another number than before: the log no longer begins with the events that it had. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Whether there is no folder of that name any more. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Takes what is new. Those who ask meanwhile wait for the same look. What cannot be read is not there. */
  look(): Promise<void> {
    return this.#looking ??= this.#look().finally(() => this.#looking = undefined);
  }

  /** Whether it is known if the log goes on or begins anew: not in the middle of a look that reads it again. */
  get isSettled(): boolean {
    return this.#former === undefined;
  }

  /** Likewise, by a look that begins after this call. */
  lookAnew(): Promise<void> {
    const now = this.#looking;
    if (!now) return this.look();
    return this.#lookingNext ??= now.catch(() => {}).then(() => {
      this.#lookingNext = undefined;
      return this.look();
    });
  }

  /** Messages from the event `next` on, as far as they are in memory; undefined where they are not, or not yet. */
  recent(next: number): Chunk | undefined {
    const first = this.#count - this.#messages.length + 1;
    if (next < first || next > this.#count) return undefined;
    if (this.#chunk?.from === next) return this.#chunk;
    let text = "";
    let to = next;
    while (to <= this.#count && (text === "" || text.length < mostAtOnce)) {
      text += this.#messages[to++ - first];
    }
    this.#chunk = { from: next, bytes: new TextEncoder().encode(text), next: to };
    return this.#chunk;
  }

  /** All messages of the log as it lies there, for those who want what is in memory no more. */
  async *history(): AsyncGenerator<Chunk> {
    const id = this.#record?.id;
    const file = await this.#files.open(this.#name, "events.jsonl").catch(ifReadable);
    if (id === undefined || file === undefined) {
      await file?.close();
      return;
    }
    let log: string | undefined;
    let n = 0;
    for await (const event of readEvents(file, id)) {
      log ??= logName(event);
      if (log !== this.#log) return;
      const bytes = new TextEncoder().encode(eventMessage({ log, n: ++n }, event));
      yield { bytes, next: n + 1 };
    }
  }

  async #look(): Promise<void> {
    if (!await this.#files.hasFolder(this.#name)) {
      this.#isGone = true;
      return;
    }
    try {
      await (await this.#followerOfRun())?.look();
    } catch (error) {
      ifReadable(error);
    }
    if (this.#former !== undefined) this.#begunAnew(); // it is shorter than it was
  }

  /** The log's lines are those of the run that the record names; undefined without a record. */
  async #followerOfRun(): Promise<LogFollower<RunEvent> | undefined> {
    const version = await this.#files.version(this.#name, "run.json");
    if (this.#record && sameVersion(version, this.#record.version)) return this.#follower;
    const id = await this.#readId();
    if (id === this.#record?.id) {
      this.#record = { version, id };
      return this.#follower;
    }
    this.#record = { version, id };
    if (this.#count > 0) this.#restart();
    this.#follower = id === undefined ? undefined : this.#follow(id);
    return this.#follower;
  }

  async #readId(): Promise<string | undefined> {
    const text = await this.#files.text(this.#name, "run.json");
    try {
      return text === undefined ? undefined : parseRecord(text).id;
    } catch {
      return undefined;
    }
  }

  #follow(run: string): LogFollower<RunEvent> {
    const path = [this.#name, "events.jsonl"] as const;
    const file = {
      version: () => this.#files.version(...path),
      open: () => this.#files.open(...path),
    };
    let parse = eventReader(run);
    return new LogFollower(file, {
      parse: (value) => parse(value),
      take: (event) => this.#take(event),
      restart: () => {
        parse = eventReader(run);
        this.#restart();
      },
    });
  }

  #take(event: RunEvent): void {
    this.#log ??= logName(event);
    const message = eventMessage({ log: this.#log, n: ++this.#count }, event);
    this.#hash.update(message);
    this.#messages.push(message);
    this.#characters += message.length;
    while (this.#characters > this.#kept && this.#messages.length > 1) {
      this.#characters -= this.#messages.shift()!.length;
    }
    const former = this.#former;
    if (former?.count === this.#count) {
      this.#former = undefined;
      if (this.#hash.copy().digest("hex") !== former.digest) this.#begunAnew();
    }
  }

  #restart(): void {
    const count = this.#count;
    if (count > 0) this.#former ??= { count, digest: this.#hash.copy().digest("hex") };
    this.#log = undefined;
    this.#count = 0;
    this.#messages = [];
    this.#characters = 0;
    this.#hash = createHash("sha256");
    this.#chunk = undefined;
  }

  #begunAnew(): void {
    this.#former = undefined;
    this.#epoch++;
    this.#chunk = undefined;
  }
}

/** What cannot be read is not there, also where it was replaced at that very moment. */
function ifReadable(error: unknown): undefined {
  if (!(error instanceof UnreadableFile)) throw error;
}
