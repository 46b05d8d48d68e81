/**
 * Ownership: one reference, one owner.
 *
 * A `Ref` owns exactly one reference to a Python object. It releases it when disposed of, when its
 * scope ends, or, as a safety net, some time after JS has garbage-collected it.
 */
import { enter, isRunning, leave, requestRelease, withGil } from "./gil.ts";
import { c } from "./library.ts";

/** Which call of a JS function by Python is running, by its number; 0 where none is. */
let callback = 0;
let callbacks = 0;

/** The address of the object, borrowed from the `Ref`. Throws where it has been released. */
export let addressOf: (ref: Ref) => bigint;

/** Whether its reference has been released. */
export let isReleased: (ref: Ref) => boolean;

/**
 * Owner of one reference to a Python object, which `T` describes (see description.ts).
 *
 * @internal
 */
export abstract class Ref<out T = unknown> implements Disposable {
  /** Types only: it makes two descriptions two types. */
  declare protected readonly described: T;
  #address: bigint | undefined; // undefined, not 0n: comparing BigInts costs a few nanoseconds
  readonly #madeIn = callback;

  static {
    addressOf = (ref) => {
      if (ref.#address === undefined) throw released();
      return ref.#address;
    };
    isReleased = (ref) => ref.#address === undefined;
  }

  /** Takes ownership of a new reference. */
  constructor(address: bigint) {
    this.#address = address;
    finalizer.register(this, address, this);
    scope?.push(this);
  }

  /** Releases the reference at once; the object cannot be used afterwards. Harmless twice. */
  [Symbol.dispose](): void {
    const address = this.#address;
    if (address === undefined) return;
    this.#address = undefined;
    finalizer.unregister(this);
    if (this.#madeIn !== callback && callback > 0) releaseAfterCall(address);
    else if (isRunning()) release(address);
  }
}

function released(): ReferenceError {
  return new ReferenceError(
    "Cannot use this Python object: it needs its reference, found it released. " +
      "Use it before its `using` block or its scope() ends.",
  );
}

/** Releases one reference, taking the GIL for it. */
export function release(address: bigint): void {
  enter();
  try {
    c.Py_DecRef(address);
  } finally {
    leave();
  }
}

/** References to release when no Python code is using them. */
const releaseQueue: bigint[] = [];

/**
 * Runs a JS function that Python calls. Python may be using borrowed references to objects that JS
 * owned before, so none of those is released until the outermost call into Python ends.
 */
export function runCallback<Argument, T>(body: (given: Argument) => T, given: Argument): T {
  const outer = callback;
  callback = ++callbacks;
  try {
    return body(given);
  } finally {
    callback = outer;
  }
}

/** Releases a reference when the outermost call into Python ends, this one or the next. */
export function releaseAfterCall(address: bigint): void {
  releaseQueue.push(address);
  requestRelease();
}

/** Queues the references whose owner JS has garbage-collected; one microtask releases them all. */
export const finalizer: FinalizationRegistry<bigint> = new FinalizationRegistry((address) => {
  releaseQueue.push(address);
  if (!scheduled) queueMicrotask(releaseScheduled);
  scheduled = true;
});

let scheduled = false;

function releaseScheduled(): void {
  scheduled = false;
  if (isRunning()) withGil(drainReleaseQueue);
}

/** Releases the queued references. With the GIL held, and no call into Python running. */
export function drainReleaseQueue(): void {
  for (const address of releaseQueue.splice(0)) c.Py_DecRef(address);
}

let scope: Ref[] | undefined;

/**
 * Runs `body` and releases every Python object wrapped meanwhile, except the one it returns (which
 * the enclosing scope releases, if there is one).
 */
export function withScope<T>(body: () => T): T {
  const outer = scope;
  const inner: Ref[] = scope = [];
  let result: T | undefined;
  try {
    result = body();
    if (result instanceof Promise) {
      throw new TypeError(
        "Cannot run this scope(): it needs a synchronous function, found one that returns a " +
          "promise. In an async function use `using`.",
      );
    }
    return result;
  } finally {
    scope = outer;
    for (const ref of inner) if (ref !== result) ref[Symbol.dispose]();
    if (result instanceof Ref) outer?.push(result);
  }
}

/** Runs `make` outside every scope: what it wraps is not released at the end of one. */
export function unscoped<T>(make: () => T): T {
  const outer = scope;
  scope = undefined;
  try {
    return make();
  } finally {
    scope = outer;
  }
}
