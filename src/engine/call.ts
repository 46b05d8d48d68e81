/** Calling py/clusterfit: long calls as jobs, errors as the engine's own. */
import { type Convertible, kw, PyObject, python, PythonError, type Value } from "clusterfit/python";
import type { JobOptions } from "./engine.ts";

/** What py/clusterfit raises for a mistake or a mishap that the user can act on: its message says what
 * was attempted, required and found. `kind` is the Python class: InputError, FileError,
 * NonFiniteFeatures or NonFiniteLoss. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly kind: string;

  constructor(kind: string, message: string, options: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

const raised = "clusterfit.errors.";

/** Runs `body`, turning the errors of py/clusterfit into EngineErrors. */
export function translated<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw translate(error);
  }
}

/** Calls `fn(*args, **keywords)` on a Python thread. Its `progress(done, total, ...numbers)` arrives as
 * `onProgress`, the further numbers under `metrics`. */
export async function job(
  fn: PyObject,
  args: readonly Convertible[],
  keywords: Readonly<Record<string, Convertible>>,
  { signal, onProgress }: JobOptions,
  metrics: readonly string[] = [],
): Promise<Value> {
  try {
    return await python.job(fn, [...args, kw(keywords)], {
      ...(signal && { signal }),
      ...(onProgress && {
        onProgress: ([done = 0, total = 1, ...numbers]: number[]) =>
          onProgress(
            done,
            total,
            Object.fromEntries(metrics.map((name, at) => [name, numbers[at] ?? NaN])),
          ),
      }),
    });
  } catch (error) {
    throw translate(error);
  }
}

/** A module of py/clusterfit, imported on a Python thread: PyTorch takes seconds to load. */
export async function importModule(name: string): Promise<PyObject> {
  const importer = object(python.import("importlib").attr("import_module"));
  return object(await job(importer, [`clusterfit.${name}`], {}, {}));
}

/** A value that has to be a Python object. */
export function object(value: Value): PyObject {
  if (value instanceof PyObject) return value;
  throw new TypeError(`Python gave ${String(value)} where an object is needed`);
}

function translate(error: unknown): unknown {
  if (!(error instanceof PythonError) || !error.type.startsWith(raised)) return error;
  return new EngineError(error.type.slice(raised.length), error.pythonMessage, { cause: error });
}
