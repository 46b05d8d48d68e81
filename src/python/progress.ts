/** Numbers that a Python thread writes and JS reads without the GIL. */

const period = 100; // ms between two reads
const capacity = 62;

/**
 * Shared memory: int32 sequence number (odd while Python writes), int32 count, float64 values.
 * See bridge/progress.py for the other side.
 */
export class ProgressMemory {
  readonly bytes = new Uint8Array(new ArrayBuffer(8 + capacity * 8));
  readonly #head = new Int32Array(this.bytes.buffer, 0, 2);
  readonly #values = new Float64Array(this.bytes.buffer, 8);
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #report: (values: number[]) => void;
  #seen = 0;

  constructor(report: (values: number[]) => void) {
    this.#report = report;
    this.#timer = setInterval(() => this.#read(), period);
  }

  /** Stops the timer, after a last read. */
  stop(): void {
    clearInterval(this.#timer);
    this.#read();
  }

  #read(): void {
    const sequence = Atomics.load(this.#head, 0);
    if (sequence === this.#seen) return;
    const values = Array.from(this.#values.subarray(0, Atomics.load(this.#head, 1)));
    const torn = sequence % 2 === 1 || Atomics.load(this.#head, 0) !== sequence;
    if (torn) return; // the next read finds it complete
    this.#seen = sequence;
    this.#report(values);
  }
}
