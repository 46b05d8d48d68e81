/** Loops of reads that take microseconds each. They are synchronous: a promise for each would take ten times as long,
 * and leave kilobytes behind. The event loop goes on between turns. */

/** Of a turn, ms; a single read may take longer. */
const length = 10;

/** `if (turn.isOver) await turn.next();` in the loop. */
export class Turn {
  readonly #signal: AbortSignal;
  #end = performance.now() + length;

  /** Throws where the signal is aborted already. */
  constructor(signal: AbortSignal) {
    signal.throwIfAborted();
    this.#signal = signal;
  }

  get isOver(): boolean {
    return performance.now() >= this.#end;
  }

  /** Lets the event loop go on; rejects once the signal is aborted. */
  async next(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    this.#signal.throwIfAborted();
    this.#end = performance.now() + length;
  }
}
