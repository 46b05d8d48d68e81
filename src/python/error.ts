/** Python exceptions as JS errors, and JS errors that come back from Python as what they were. */
import { raiseWith } from "./check.ts";
import { heldValue, hold } from "./held.ts";
import { callHelper, helper } from "./helper.ts";
import { c } from "./library.ts";
import { addressOfView } from "./memory.ts";
import type { PyObject } from "./object.ts";
import { addressOf, owned, unscoped } from "./ref.ts";
import { intToJs, singletons, textToJs } from "./scalars.ts";

/** A Python exception. `message` reads "ValueError: text"; `cause` is the chain Python recorded. */
export class PythonError extends Error {
  override readonly name = "PythonError";

  constructor(
    /** Name of the exception type, with its module unless it is built in. */
    readonly type: string,
    /** `str(exception)`. */
    readonly pythonMessage: string,
    /** The traceback as Python prints it, causes included. */
    readonly traceback: string,
    /** The exception itself. */
    readonly value: PyObject,
    options?: ErrorOptions,
  ) {
    super(pythonMessage === "" ? type : `${type}: ${pythonMessage}`, options);
  }

  [Symbol.for("Deno.customInspect")](): string {
    return `${this.stack ?? this.message}\n\n${this.traceback.trimEnd()}`;
  }
}

const slots = new BigUint64Array(new ArrayBuffer(24));
const first = addressOfView(slots);

/** Installs the translation of exceptions; from here on `check` throws them. */
export function translateErrors(): void {
  raiseWith(() => toError(fetch()));
}

/** Takes the pending exception; the caller owns it. */
function fetch(): bigint {
  c.PyErr_Fetch(first, first + 8n, first + 16n);
  c.PyErr_NormalizeException(first, first + 8n, first + 16n);
  const [type, value, traceback] = slots;
  if (type === 0n) throw new Error("Python reported a failure without an exception.");
  if (traceback !== 0n) {
    c.PyException_SetTraceback(value!, traceback!);
    c.Py_DecRef(traceback!);
  }
  c.Py_DecRef(type!);
  return value!;
}

/** The JS error for an exception that the caller hands over. */
export function toError(exception: bigint): unknown {
  const report = c.PyObject_CallOneArg(helper("describe"), exception);
  if (report === 0n) {
    c.Py_DecRef(exception);
    return new Error("Python raised an exception that could not be described.", {
      cause: toError(fetch()),
    });
  }
  try {
    const field = (index: bigint) => c.PyTuple_GetItem(report, index);
    const held = field(4n);
    if (held !== singletons.none) {
      c.Py_DecRef(exception);
      return heldValue(Number(intToJs(held)));
    }
    const cause = field(3n);
    const options = cause === singletons.none ? undefined : { cause: causeOf(cause) };
    return new PythonError(
      textToJs(field(0n)),
      textToJs(field(1n)),
      textToJs(field(2n)),
      unscoped(() => owned(exception)),
      options,
    );
  } finally {
    c.Py_DecRef(report);
  }
}

function causeOf(exception: bigint): unknown {
  c.Py_IncRef(exception);
  return toError(exception);
}

/** A new reference to the exception for a JS error: the original one where it came from Python. */
export function errorToPython(error: unknown): bigint {
  if (error instanceof PythonError) {
    const value = addressOf(error.value);
    c.Py_IncRef(value);
    return value;
  }
  return callHelper("JavaScriptError", String(error), hold(error));
}
