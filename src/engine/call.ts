/** Calls into py/clusterfit: results as JS values (what has none stays a Python object), errors explained. */
import { type Arguments, type py, PyObject, python, type Value } from "../python/mod.ts";
import type { JobOptions } from "./engine.ts";
import { explain } from "./errors.ts";

/** What a call of an attribute gives, as py/ declares it. */
type Result<T, N> = py.Js<py.Returned<py.Member<T, N>>>;

/** `target.name(...args)` on this thread: for what takes no time. */
export function call<T, N extends py.Name<T>>(
  target: PyObject<T>,
  name: N,
  ...args: py.ArgumentsOf<py.Member<T, N>>
): Result<T, N>;
export function call(target: PyObject, name: string, ...args: Arguments): unknown {
  try {
    return toJs(target.method(name, ...args));
  } catch (error) {
    throw explain(error);
  }
}

/** `target.name(...args)` on a Python thread. With `onProgress` it gets `progress(done, total, ...metrics)`,
 * the metrics in the order of their names. */
export async function job<T, N extends py.Name<T>>(
  target: PyObject<T>,
  name: N,
  args: py.ArgumentsOf<py.Member<T, N>>,
  options?: JobOptions,
  metrics?: readonly string[],
): Promise<Result<T, N>>;
export async function job(
  target: PyObject,
  name: string,
  args: Arguments,
  { signal, onProgress }: JobOptions = {},
  metrics: readonly string[] = [],
): Promise<unknown> {
  using method = target.attr(name) as PyObject;
  const report = onProgress && (([done = 0, total = 0, ...values]: number[]) => {
    const named = metrics.flatMap((metric, at) => {
      const value = values[at];
      return value === undefined ? [] : [[metric, value] as const];
    });
    onProgress(done, total, Object.fromEntries(named));
  });
  try {
    return toJs(
      await python.job(method, args, {
        ...(signal && { signal }),
        ...(report && { onProgress: report }),
      }),
    );
  } catch (error) {
    throw explain(error);
  }
}

function toJs(value: Value): unknown {
  if (!(value instanceof PyObject)) return value;
  using object = value;
  return object.toJs();
}
