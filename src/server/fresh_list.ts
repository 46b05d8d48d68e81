/** The list of runs as of now; of many runs as of a moment ago, so that viewers of a long list take little from what
 * else the machine does. */
import type { Registry } from "../registry/registry.ts";

/** Fewer are looked at whenever somebody asks. */
const many = 200;
/** Of the time, at most one part in so many goes into looking. */
const share = 20;

export class FreshList {
  readonly #registry: Pick<Registry, "refresh" | "count">;
  readonly #now: () => number;
  /** When it is looked at again at the earliest. */
  #next = 0;

  /** `now`: milliseconds. */
  constructor(registry: Pick<Registry, "refresh" | "count">, now = () => performance.now()) {
    this.#registry = registry;
    this.#now = now;
  }

  /** Brings the index up to date, unless that was done a moment ago. Rejects where the runs cannot be read. */
  async look(): Promise<void> {
    if (this.#now() < this.#next && this.#registry.count() >= many) return;
    const began = this.#now();
    await this.#registry.refresh();
    const ended = this.#now();
    this.#next = ended + share * (ended - began);
  }
}
