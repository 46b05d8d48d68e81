/** Texts made of a state, such as a run's page or its JSON, kept until the state is another one. */
import { createHash } from "node:crypto";
import type { Context } from "hono";

export interface KeptText {
  readonly text: string;
  /** As the header has it: of the text, whatever state it was made of. */
  readonly etag: string;
  /** Whether there is a newer state that was not written out yet, because the last time is too near. */
  readonly stale: boolean;
}

export interface KeptOptions {
  /** Characters of all texts together. */
  readonly characters?: number;
  /** Texts. */
  readonly texts?: number;
  /** Milliseconds. */
  readonly now?: () => number;
}

interface Entry {
  state: unknown;
  text?: Omit<KeptText, "stale">;
  /** When a text of another state may be made. */
  next: number;
  making?: { readonly state: unknown; readonly done: Promise<void> };
}

/** Of the time, at most one part in so many goes into one text. */
const share = 20;
/** Milliseconds: on a machine that is busy, making takes long without costing much. */
const longestPause = 10_000;

/** Those that were not asked for longest go first when there are too many. */
export class Kept {
  readonly #entries = new Map<string, Entry>();
  readonly #characters: number;
  readonly #texts: number;
  readonly #now: () => number;
  #size = 0;

  constructor(
    { characters = 1 << 23, texts = 512, now = () => performance.now() }: KeptOptions = {},
  ) {
    this.#characters = characters;
    this.#texts = texts;
    this.#now = now;
  }

  /** The text under `key` for `state`, which is compared by identity. `make` is called once for all that ask
   * meanwhile; where it fails, all of them are told and nothing is kept. `pause`: a text is made anew after
   * so many milliseconds at the earliest, and later where making it took long; until then the last one is
   * answered, as stale. */
  async of(
    key: string,
    state: unknown,
    make: () => string | Promise<string>,
    { pause = 0 }: { readonly pause?: number } = {},
  ): Promise<KeptText> {
    for (;;) {
      const entry = this.#touch(key);
      if (entry.text && entry.state === state) return { ...entry.text, stale: false };
      const early = pause > 0 && (entry.making !== undefined || this.#now() < entry.next);
      if (entry.text && early) return { ...entry.text, stale: true };
      entry.making ??= { state, done: this.#make(key, entry, { state, make, pause }) };
      const { making } = entry;
      await making.done;
      if (making.state === state && entry.text) return { ...entry.text, stale: false };
    }
  }

  async #make(
    key: string,
    entry: Entry,
    { state, make, pause }: {
      readonly state: unknown;
      readonly make: () => string | Promise<string>;
      readonly pause: number;
    },
  ): Promise<void> {
    const began = this.#now();
    try {
      const text = await make();
      const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
      const ended = this.#now();
      if (this.#entries.get(key) === entry) {
        this.#size += text.length - (entry.text?.text.length ?? 0);
      }
      entry.state = state;
      entry.text = { text, etag };
      entry.next = began + Math.max(pause, Math.min(longestPause, share * (ended - began)));
    } finally {
      delete entry.making;
    }
    this.#dropOldest();
  }

  /** The entry as the one that was asked for last. */
  #touch(key: string): Entry {
    const entry = this.#entries.get(key) ?? { state: undefined, next: 0 };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  #dropOldest(): void {
    for (const [key, { text }] of this.#entries) {
      if (this.#size <= this.#characters && this.#entries.size <= this.#texts) return;
      this.#entries.delete(key);
      this.#size -= text?.text.length ?? 0;
    }
  }
}

/** Seconds after which a client that got a stale text finds a newer one. */
const askAgain = 2;

/** Answers with a text, or with 304 where the client has it. A stale one says when to ask again. */
export function answerKept(
  c: Context,
  { text, etag, stale }: KeptText,
  contentType: string,
): Response {
  const headers = {
    etag,
    "cache-control": "private, no-cache",
    ...(stale && { "retry-after": `${askAgain}` }),
  };
  if (c.req.header("if-none-match")?.includes(etag)) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(text, { headers: { ...headers, "content-type": contentType } });
}
