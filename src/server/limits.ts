/** How much clients may ask for at a time. */
import { UserError } from "../pipeline/errors.ts";

export interface Limits {
  /** Connections of all clients together. */
  readonly connections: number;
  /** Of one client, by its address; behind a proxy all are one. */
  readonly connectionsPerClient: number;
  /** Event streams of all clients together. */
  readonly streams: number;
  readonly streamsPerClient: number;
  /** Bytes of a request's headers. */
  readonly headerBytes: number;
  /** Characters of a request's path and query. */
  readonly addressLength: number;
}

export const defaultLimits: Limits = {
  connections: 1024,
  connectionsPerClient: 256,
  streams: 512,
  streamsPerClient: 64,
  headerBytes: 16_384,
  addressLength: 4096,
};

/** `limits` with one of them changed as a person types it: "streams=2000". A UserError where there is no such limit. */
export function withLimit(limits: Limits, text: string): Limits {
  const [, name = "", value] = text.match(/^(\w+)=(\d{1,9})$/) ?? [];
  if (Object.hasOwn(limits, name) && Number(value) > 0) return { ...limits, [name]: Number(value) };
  throw new UserError(
    `Cannot take the limit ${
      JSON.stringify(text)
    }: it needs the form name=number, with a name of ` +
      `${Object.keys(limits).join(", ")}. See docs/WATCHING.md.`,
  );
}

/** Seconds after which a client that found no place may ask again. */
export const retryAfter = 5;

/** A place: `free` gives it back, once. `full`: there is none left, of all or of this client's. */
export type Place = { readonly free: () => void } | { readonly full: "all" | "client" };

/** Places that clients take and give back. */
export class Places {
  readonly #most: { readonly all: number; readonly perClient: number };
  readonly #taken = new Map<string, number>();
  #all = 0;

  constructor(most: { readonly all: number; readonly perClient: number }) {
    this.#most = most;
  }

  get taken(): number {
    return this.#all;
  }

  take(client: string): Place {
    const own = this.#taken.get(client) ?? 0;
    if (this.#all >= this.#most.all) return { full: "all" };
    if (own >= this.#most.perClient) return { full: "client" };
    this.#all++;
    this.#taken.set(client, own + 1);
    let isTaken = true;
    return {
      free: () => {
        if (!isTaken) return;
        isTaken = false;
        this.#all--;
        const left = this.#taken.get(client)! - 1;
        if (left === 0) this.#taken.delete(client);
        else this.#taken.set(client, left);
      },
    };
  }
}
