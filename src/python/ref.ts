/**
 * Ownership: one reference, one owner.
 *
 * A `Ref` owns exactly one reference to a Python object. It gives it back when disposed of, when its
 * scope ends, or, as a safety net, some time after JS has forgotten it.
 */
import { c } from "./library.ts";
import { collectSoon, enter, isRunning, leave, withGil } from "./gil.ts";

/** The JS function that Python is calling: 0 where none is under way, else a number of its own. */
let invocation = 0;
let invocations = 0;

/** Reads the address out of a `Ref`; it stays borrowed from it. Throws when it has been released. */
export let addressOf: (ref: Ref) => bigint;

/** Whether its reference was given back. */
export let isReleased: (ref: Ref) => boolean;

/** Owner of one reference to a Python object, which `T` describes (see description.ts). */
export abstract class Ref<out T = unknown> implements Disposable {
  /** Types only: it makes two descriptions two types. */
  declare protected readonly described: T;
  #address: bigint | undefined; // comparing BigInts would cost every call a few nanoseconds
  readonly #made = invocation;

  static {
    addressOf = (ref) => {
      if (ref.#address === undefined) {
        throw new ReferenceError("This Python object has been released.");
      }
      return ref.#address;
    };
    isReleased = (ref) => ref.#address === undefined;
  }

  /** Takes over the reference at `address`. */
  constructor(address: bigint) {
    this.#address = address;
    forgotten.register(this, address, this);
    scope?.push(this);
  }

  /** Gives the reference back at once; the wrapper cannot be used afterwards. Harmless twice. */
  [Symbol.dispose](): void {
    const address = this.#address;
    if (address === undefined) return;
    this.#address = undefined;
    forgotten.unregister(this);
    if (this.#made !== invocation && invocation > 0) releaseAfterCall(address);
    else if (isRunning()) release(address);
  }
}

/** Gives back one reference, taking the GIL for it. */
export function release(address: bigint): void {
  enter();
  try {
    c.Py_DecRef(address);
  } finally {
    leave();
  }
}

const queue: bigint[] = [];

/**
 * Runs JS code that Python called. Python is in the middle of using objects that JS has lent it, so
 * none of those that were there before is released until the outermost call into Python is done.
 */
export function whileCalledBack<Argument, T>(body: (given: Argument) => T, given: Argument): T {
  const outer = invocation;
  invocation = ++invocations;
  try {
    return body(given);
  } finally {
    invocation = outer;
  }
}

/** Gives back a reference when the outermost call into Python ends, this one or the next. */
export function releaseAfterCall(address: bigint): void {
  queue.push(address);
  collectSoon();
}

/** References whose owner JS has collected; they are given back together, under the GIL. */
export const forgotten: FinalizationRegistry<bigint> = new FinalizationRegistry((address) => {
  queue.push(address);
  if (!scheduled) queueMicrotask(releaseScheduled);
  scheduled = true;
});

let scheduled = false;

function releaseScheduled(): void {
  scheduled = false;
  if (isRunning()) withGil(releaseQueued);
}

/** Gives back the references that wait for that. With the GIL held, and no call into Python under way. */
export function releaseQueued(): void {
  for (const address of queue.splice(0)) c.Py_DecRef(address);
}

let scope: Ref[] | undefined;

/**
 * Runs `body` and releases every Python object wrapped meanwhile, except the one it returns (which
 * then belongs to the scope around, if there is one).
 */
export function withScope<T>(body: () => T): T {
  const outer = scope;
  const inner: Ref[] = scope = [];
  let result: T | undefined;
  try {
    result = body();
    if (result instanceof Promise) {
      throw new TypeError("scope() needs a synchronous function; in an async one use `using`.");
    }
    return result;
  } finally {
    scope = outer;
    for (const ref of inner) if (ref !== result) ref[Symbol.dispose]();
    if (result instanceof Ref) outer?.push(result);
  }
}

/** Runs `make` outside every scope: what it wraps outlives them. */
export function unscoped<T>(make: () => T): T {
  const outer = scope;
  scope = undefined;
  try {
    return make();
  } finally {
    scope = outer;
  }
}
