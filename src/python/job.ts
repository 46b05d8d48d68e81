/** Long calls on Python threads, while the event loop goes on. */
import { withGil } from "./gil.ts";
import { callHelper } from "./helper.ts";
import { type Arguments, Keywords } from "./keywords.ts";
import { c } from "./library.ts";
import { newMemoryView } from "./memory_view.ts";
import { startPending } from "./pending.ts";
import { ProgressMemory } from "./progress.ts";
import { unscoped } from "./ref.ts";
import { singletons } from "./scalars.ts";
import { type Convertible, newRef, tupleToPython } from "./to_python.ts";
import type { PyObject, Value } from "./types.ts";
import { wrapNew } from "./wrap.ts";

/** How to follow and to stop a job. */
export interface JobOptions {
  /**
   * Stops the job: `JobCancelled` (a BaseException) is raised in its thread at the next bytecode, and
   * once the thread has left the function the promise rejects with the signal's reason.
   */
  readonly signal?: AbortSignal;
  /**
   * Gives the function a keyword argument `progress`, a callable that takes up to 62 numbers; JS
   * reads the latest ones every 100 ms, and once at the end.
   */
  readonly onProgress?: (values: number[]) => void;
}

/** Runs `fn(*args)` on a Python thread. A pending job keeps the process alive. */
export function runJob(
  fn: PyObject,
  args: Arguments,
  { signal, onProgress }: JobOptions = {},
): Promise<Value> {
  if (!Array.isArray(args)) {
    throw new TypeError(
      `Cannot start a job: it needs the arguments as an array, found ${typeof args}. ` +
        "Write python.job(fn, [1, kw({ axis: 0 })]).",
    );
  }
  let progress: ProgressMemory | undefined;
  const begin = (id: number) => {
    progress = onProgress && new ProgressMemory(onProgress);
    start(id, fn, args, progress);
  };
  return startPending(begin, { signal, ended: () => progress?.stop() });
}

function start(id: number, fn: PyObject, args: Arguments, progress?: ProgressMemory): void {
  const last = args.at(-1);
  const keywords = last instanceof Keywords ? last.values : {};
  const positional = last instanceof Keywords ? args.slice(0, -1) : args;
  withGil(() => {
    using memory = unscoped(() =>
      wrapNew(progress === undefined ? newRef(singletons.none) : newMemoryView(progress.bytes))
    );
    using tuple = unscoped(() => wrapNew(tupleToPython(positional as readonly Convertible[])));
    c.Py_DecRef(callHelper("start_job", id, memory, fn, tuple, keywords));
  });
}
