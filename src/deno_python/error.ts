/** Python exceptions, as code written for deno_python expects them. */
import { PythonError as BridgeError, unconverted } from "../python/mod.ts";
import { wrap } from "./proxied.ts";
import { withTemporaries } from "./temporaries.ts";
import type { PyObject } from "./types.ts";

/**
 * A Python exception. Its message starts with "ValueError: text" and ends with the traceback. What a
 * callback throws is a RuntimeError in Python, and here the `cause` of that.
 */
export class PythonError extends Error {
  /** Of the class, as for every JS error. */
  override readonly name = "PythonError";
  /** The exception. */
  readonly value: PyObject;
  /** The same error as `clusterfit/python` gives it: its type and its texts as strings. */
  readonly origin: BridgeError;

  /** Made of the error that `clusterfit/python` throws. */
  constructor(origin: BridgeError) {
    const traceback = origin.traceback.trimEnd();
    const hasFrames = traceback.includes("Traceback (most recent call last)");
    super(hasFrames ? `${origin.message}\n\n${traceback}` : origin.message);
    if (origin.cause !== undefined) this.cause = translated(origin.cause);
    this.origin = origin;
    this.value = wrap(origin.value);
  }

  /** Its class. */
  get type(): PyObject {
    return this.value.getAttr("__class__");
  }

  /** Its traceback, or None. */
  get traceback(): PyObject {
    return wrap(unconverted.attr(this.origin.value, "__traceback__")!);
  }
}

/** Runs `body`; what Python raises is thrown as a {@linkcode PythonError} of this module. */
export function guard<T>(body: () => T): T {
  try {
    return withTemporaries(body);
  } catch (error) {
    throw translated(error);
  }
}

function translated(error: unknown): unknown {
  return error instanceof BridgeError ? new PythonError(error) : error;
}

/** Does nothing: errors are thrown where they happen, and none is ever left pending. */
export function maybeThrowError(): void {}
