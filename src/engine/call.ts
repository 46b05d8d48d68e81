/** Calls into py/clusterfit: results as JS values (what has none stays a Python object), errors explained. */
import { type Arguments, PyObject, python, type Value } from "clusterfit/python";
import type { JobOptions } from "./engine.ts";
import { explain } from "./errors.ts";

/** The module `clusterfit.<name>`. */
export function module(name: string): PyObject {
  return python.import(`clusterfit.${name}`);
}

/** `target.name(...args)` on this thread: for what takes no time. `Result` is what `py/` declares. */
export function call<Result>(target: PyObject, name: string, ...args: Arguments): Result {
  try {
    return toJs(target.method(name, ...args)) as Result;
  } catch (error) {
    throw explain(error);
  }
}

/** `target.name(...args)` on a Python thread. With `onProgress` it gets `progress(done, total, ...metrics)`,
 * the metrics in the order of their names. */
export async function job<Result>(
  target: PyObject,
  name: string,
  args: Arguments,
  { signal, onProgress }: JobOptions = {},
  metrics: readonly string[] = [],
): Promise<Result> {
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
    ) as Result;
  } catch (error) {
    throw explain(error);
  }
}

function toJs(value: Value): unknown {
  if (!(value instanceof PyObject)) return value;
  using object = value;
  return object.toJs();
}
