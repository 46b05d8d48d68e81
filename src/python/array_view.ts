/** The memory of a Python array as a typed array, without a copy. */
import type { TypedArray } from "./dtype.ts";
import { isRunning } from "./gil.ts";
import { finalizer, release } from "./ref.ts";

/** The memory of an array, as a typed array, and how its elements lie in it. */
export interface Memory {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly dtype: string;
  readonly readonly: boolean;
}

/**
 * A typed array over the memory of a Python object. Writes are seen on both sides.
 *
 * The memory stays while either side holds it: until `release()`, or until JS has
 * garbage-collected the array's buffer. After `release()` this handle throws and the array is detached
 * (length 0). None of that holds for an ArrayBuffer that was passed to `transfer()` or `postMessage`:
 * keep a view whose buffer you have transferred, and do not release it.
 *
 * JS cannot forbid writes: where `readonly` is true, writing is a mistake with undefined effects.
 */
export class ArrayView<out Data extends TypedArray = TypedArray> implements Disposable {
  #memory: Memory | undefined;
  #pin: bigint;

  /** Takes ownership of `pin`, a new reference that keeps the memory alive and in its place. */
  constructor(memory: Memory, pin: bigint) {
    this.#memory = memory;
    this.#pin = pin;
    finalizer.register(memory.data.buffer, pin, memory.data.buffer);
  }

  get #open(): Memory {
    if (this.#memory === undefined) {
      throw new ReferenceError(
        "Cannot use this array view: it needs its memory, found it released. " +
          "Use it before release() or the end of its `using` block.",
      );
    }
    return this.#memory;
  }

  /** The elements, in memory order; bool as Uint8Array, bfloat16 as the bits in a Uint16Array. */
  get data(): Data {
    return this.#open.data as Data;
  }

  /** Length of each dimension. */
  get shape(): readonly number[] {
    return this.#open.shape;
  }

  /** Steps of each dimension, in elements. */
  get strides(): readonly number[] {
    return this.#open.strides;
  }

  /** numpy's or torch's name of the element type, for example `float32`. */
  get dtype(): string {
    return this.#open.dtype;
  }

  /** Whether Python forbids writing. */
  get readonly(): boolean {
    return this.#open.readonly;
  }

  /** Detaches the array and releases the memory. Harmless twice. */
  release(): void {
    if (this.#memory === undefined) return;
    const { buffer } = this.#memory.data;
    this.#memory = undefined;
    finalizer.unregister(buffer);
    if (!buffer.detached) buffer.transfer(0);
    if (isRunning()) release(this.#pin);
  }

  /** What `using` calls: the same as {@linkcode ArrayView.release}. */
  [Symbol.dispose](): void {
    this.release();
  }

  /** What `Deno.inspect` and `console.log` show: dtype, shape and elements. */
  [Symbol.for("Deno.customInspect")](
    inspect: typeof Deno.inspect,
    options: Deno.InspectOptions,
  ): string {
    if (this.#memory === undefined) return "ArrayView <released>";
    const { dtype, shape, readonly, data } = this.#memory;
    const access = readonly ? " read-only" : "";
    return `ArrayView ${dtype} ${inspect(shape, options)}${access} ${inspect(data, options)}`;
  }
}
