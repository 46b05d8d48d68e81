/** What runs in Python while the event loop goes on, until Python tells its end. */
import { setImmediate } from "node:timers";
import { check } from "./check.ts";
import { PythonError, toError } from "./error.ts";
import { withGil } from "./gil.ts";
import { callHelper } from "./helper.ts";
import { c } from "./library.ts";
import { unscoped } from "./ref.ts";
import { singletons } from "./scalars.ts";
import { look } from "./to_js.ts";
import { share } from "./to_python.ts";
import type { Value } from "./types.ts";

const pending = new Map<number, { readonly settled: Promise<unknown>; settle(): void }>();
let next = 0;
let closed = false;
let notifier: ReturnType<typeof listen> | undefined;

/** What to do about something pending. */
export interface Following {
  /** Asks Python to end it; its promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called at its end. */
  readonly ended?: () => void;
}

/** Has Python begin something, by this number, and promises its outcome. It keeps the process alive. */
export function follow(
  begin: (id: number) => void,
  { signal, ended }: Following = {},
): Promise<Value> {
  if (signal?.aborted) return Promise.reject(signal.reason);
  if (closed) return Promise.reject(new Error("Python is being shut down: nothing can begin."));
  const id = ++next;
  const call = new Error(); // its stack is made only when it is read
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  const cancel = () => withGil(() => c.Py_DecRef(callHelper("cancel", id)));

  const settle = () => {
    notifier?.unref();
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

  notifier ??= listen();
  try {
    begin(id);
  } catch (error) {
    ended?.();
    return Promise.reject(error);
  }
  pending.set(id, { settled: promise.catch(() => {}), settle });
  notifier.ref();
  signal?.addEventListener("abort", cancel);
  if (signal?.aborted) cancel(); // by a getter among the arguments
  return promise;
}

/** Whether something runs whose end JS waits for. */
export function somethingPends(): boolean {
  return pending.size > 0;
}

/**
 * Resolves when nothing is pending any more and every thread has come back from telling so. From then
 * on nothing begins.
 */
export async function allEnded(): Promise<void> {
  do {
    await Promise.all(pending.values().map(({ settled }) => settled));
    await new Promise((resolve) => setTimeout(resolve));
  } while (pending.size > 0);
  closed = true;
}

/**
 * The one callback that Python threads call when something has ended; it wakes the event loop. The
 * thread waits for it to return, without the GIL, so that the outcome is there for the taking. What
 * awaits it goes on afterwards: its next job then finds the same thread, warm.
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
      if (error !== singletons.none) throw toError(share(error));
      return unscoped(() => look(check(c.PyTuple_GetItem(pair, 1n))));
    } finally {
      c.Py_DecRef(pair);
    }
  });
}
