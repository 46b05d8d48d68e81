/** Long calls on Python threads, while the event loop goes on. */
import { type Arguments, Keywords } from "./call.ts";
import { check } from "./check.ts";
import { PythonError, toError } from "./error.ts";
import { withGil } from "./gil.ts";
import { memoryOf } from "./held.ts";
import { callHelper } from "./helper.ts";
import { c } from "./library.ts";
import type { PyObject } from "./object.ts";
import { ProgressMemory } from "./progress.ts";
import { owned, unscoped } from "./ref.ts";
import { singletons } from "./scalars.ts";
import { look, type Value } from "./to_js.ts";
import { type Convertible, share, tupleToPython } from "./to_python.ts";

/** How to follow and to stop a job. */
export interface JobOptions {
  /**
   * Stops the job: `JobCancelled` (a BaseException) is raised in its thread at the next bytecode, and
   * once the thread has left the function the promise rejects with the signal's reason.
   */
  readonly signal?: AbortSignal;
  /**
   * Gives the function a keyword argument `progress`, a callable that takes up to 62 numbers; JS
   * looks at the latest ones every 100 ms, and once at the end.
   */
  readonly onProgress?: (values: number[]) => void;
}

const pending = new Map<number, { readonly settled: Promise<unknown>; settle(): void }>();
let next = 0;
let notifier: ReturnType<typeof listen> | undefined;

/** Runs `fn(*args)` on a Python thread. A pending job keeps the process alive. */
export function runJob(
  fn: PyObject,
  args: Arguments,
  { signal, onProgress }: JobOptions = {},
): Promise<Value> {
  if (signal?.aborted) return Promise.reject(signal.reason);
  const id = ++next;
  const call = new Error(); // its stack is made only when it is read
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  const progress = onProgress && new ProgressMemory(onProgress);
  const cancel = () => withGil(() => c.Py_DecRef(callHelper("cancel", id)));

  const settle = () => {
    notifier?.unref();
    pending.delete(id);
    signal?.removeEventListener("abort", cancel);
    progress?.stop();
    try {
      const value = outcome(id);
      if (signal?.aborted) reject(signal.reason);
      else resolve(value);
    } catch (error) {
      if (error instanceof PythonError) {
        const callers = call.stack?.split("\n").slice(2).join("\n");
        error.stack = `${error.name}: ${error.message}\n${callers}`;
      }
      reject(signal?.aborted ? signal.reason : error);
    }
  };

  try {
    start(id, fn, args, progress);
  } catch (error) {
    progress?.stop();
    return Promise.reject(error);
  }
  pending.set(id, { settled: promise.catch(() => {}), settle });
  notifier?.ref();
  signal?.addEventListener("abort", cancel);
  return promise;
}

/** Resolves when no job runs any more, and every thread has come back from telling so. */
export async function jobsEnded(): Promise<void> {
  while (pending.size > 0) {
    await Promise.all(pending.values().map(({ settled }) => settled));
  }
  await new Promise((resolve) => setTimeout(resolve));
}

function start(id: number, fn: PyObject, args: Arguments, progress?: ProgressMemory): void {
  const last = args.at(-1);
  const keywords = last instanceof Keywords ? last.values : {};
  const positional = last instanceof Keywords ? args.slice(0, -1) : args;
  notifier ??= listen();
  withGil(() => {
    using memory = unscoped(() =>
      owned(progress === undefined ? share(singletons.none) : memoryOf(progress.bytes))
    );
    using tuple = unscoped(() => owned(tupleToPython(positional as readonly Convertible[])));
    c.Py_DecRef(callHelper("start", id, memory, fn, tuple, keywords));
  });
}

/**
 * The one callback that every job thread calls at its end; it wakes the event loop. What awaits the
 * job goes on within it, while the thread still waits for it to return.
 */
function listen() {
  const callback = Deno.UnsafeCallback.threadSafe(
    { parameters: ["u64"], result: "void" } as const,
    (id) => pending.get(Number(id))?.settle(),
  );
  callback.unref();
  const address = Deno.UnsafePointer.value(callback.pointer);
  withGil(() => c.Py_DecRef(callHelper("open_jobs", address)));
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
