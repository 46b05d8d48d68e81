/** Jobs and awaitables: what runs in Python while the event loop goes on, and settles a promise. */
import { setImmediate } from "node:timers";
import { check } from "./check.ts";
import { PythonError, toError } from "./error.ts";
import { withGil } from "./gil.ts";
import { callHelper } from "./helper.ts";
import { c } from "./library.ts";
import { unscoped } from "./ref.ts";
import { singletons } from "./scalars.ts";
import { borrowedToJs } from "./to_js.ts";
import { newRef } from "./to_python.ts";
import type { Value } from "./types.ts";

const pending = new Map<number, { readonly settled: Promise<unknown>; settle(): void }>();
let next = 0;
let closed = false;
let endCallback: ReturnType<typeof listen> | undefined;

/** How to cancel it, and what to do at its end. */
export interface PendingOptions {
  /** Asks Python to end it; its promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called when it has ended. */
  readonly ended?: () => void;
}

/** Starts something in Python under a new id; the promise of its outcome keeps the process alive. */
export function startPending(
  begin: (id: number) => void,
  { signal, ended }: PendingOptions = {},
): Promise<Value> {
  if (signal?.aborted) return Promise.reject(signal.reason);
  if (closed) {
    return Promise.reject(
      new Error(
        "Cannot start a job or await an awaitable: it needs a running Python, found it shutting " +
          "down. Start it before python.shutdown().",
      ),
    );
  }
  const id = ++next;
  const call = new Error(); // its stack is made only when it is read
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  const cancel = () => withGil(() => c.Py_DecRef(callHelper("cancel", id)));

  const settle = () => {
    endCallback?.unref();
    pending.delete(id);
    signal?.removeEventListener("abort", cancel);
    if (ended !== undefined) queueMicrotask(ended); // what it throws is an uncaught error
    try {
      const value = outcome(id);
      setImmediate(() => signal?.aborted ? reject(signal.reason) : resolve(value));
    } catch (error) {
      if (error instanceof PythonError) {
        const callers = call.stack?.split("\n").slice(3).join("\n");
        error.stack = `${error.name}: ${error.message}\n${callers}`;
      }
      setImmediate(() => reject(signal?.aborted ? signal.reason : error));
    }
  };

  endCallback ??= listen();
  try {
    begin(id);
  } catch (error) {
    ended?.();
    return Promise.reject(error);
  }
  pending.set(id, { settled: promise.catch(() => {}), settle });
  endCallback.ref();
  signal?.addEventListener("abort", cancel);
  if (signal?.aborted) cancel(); // a getter among the arguments may have aborted it
  return promise;
}

/** Whether a job or an awaitable runs. */
export function hasPending(): boolean {
  return pending.size > 0;
}

/**
 * Resolves when nothing is pending any more and every thread has returned from its notification. From
 * then on nothing can start.
 */
export async function pendingEnded(): Promise<void> {
  do {
    await Promise.all(pending.values().map(({ settled }) => settled));
    await new Promise((resolve) => setTimeout(resolve));
  } while (pending.size > 0);
  closed = true;
}

/**
 * The one callback that Python threads call when something has ended; it wakes the event loop. The
 * thread waits, without the GIL, until it has returned. Promises are settled after that, by
 * `setImmediate`, so that a next job finds the thread idle and reuses it.
 */
function listen() {
  const callback = Deno.UnsafeCallback.threadSafe(
    { parameters: ["u64"], result: "void" } as const,
    (id) => pending.get(Number(id))?.settle(),
  );
  callback.unref();
  const address = Deno.UnsafePointer.value(callback.pointer);
  withGil(() => c.Py_DecRef(callHelper("open_pending", address)));
  return callback;
}

function outcome(id: number): Value {
  return withGil(() => {
    const pair = callHelper("outcome", id);
    try {
      const error = check(c.PyTuple_GetItem(pair, 0n));
      if (error !== singletons.none) throw toError(newRef(error));
      return unscoped(() => borrowedToJs(check(c.PyTuple_GetItem(pair, 1n))));
    } finally {
      c.Py_DecRef(pair);
    }
  });
}
