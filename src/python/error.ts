/** Python exceptions as JS errors, and JS errors as Python exceptions; both come back as themselves. */
import { raiseWith } from "./check.ts";
import { callHelper, helper } from "./helper.ts";
import { c } from "./library.ts";
import { addressOfView } from "./memory.ts";
import { addressOf, isReleased, unscoped } from "./ref.ts";
import { register, registeredValue } from "./registry.ts";
import { intToJs, singletons, textToJs } from "./scalars.ts";
import { newRef } from "./to_python.ts";
import type { PyObject } from "./types.ts";
import { wrapNew } from "./wrap.ts";

/** A Python exception. `message` reads "ValueError: text"; `cause` is the chain Python recorded. */
export class PythonError extends Error {
  /** Of the class, as for every JS error. */
  override readonly name = "PythonError";

  /** Made by the bridge, of a Python exception. */
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

  /** What `Deno.inspect` and `console.error` show: the stacks of both sides. */
  [Symbol.for("Deno.customInspect")](): string {
    return `${this.stack ?? this.message}\n\n${this.traceback.trimEnd()}`;
  }
}

/** Installs the translation of exceptions; from here on `check` throws them. */
export function translateErrors(): void {
  raiseWith(() => toError(fetch()));
}

/** Takes the pending exception, as a new reference. */
function fetch(): bigint {
  // memory of its own: a finalizer, or the class of the exception, may call JS meanwhile
  const slots = new BigUint64Array(new ArrayBuffer(24));
  const first = addressOfView(slots);
  c.PyErr_Fetch(first, first + 8n, first + 16n);
  c.PyErr_NormalizeException(first, first + 8n, first + 16n);
  const [type, value, traceback] = slots;
  if (type === 0n) {
    throw new Error(
      "Cannot translate a Python error: it needs a pending exception, found none. Report this as a bug.",
    );
  }
  if (traceback !== 0n) {
    c.PyException_SetTraceback(value!, traceback!);
    c.Py_DecRef(traceback!);
  }
  c.Py_DecRef(type!);
  return value!;
}

/** How many exceptions of a chain become `cause`s; the traceback of the first one shows them all. */
const limit = 100;

/** The JS error for an exception, whose reference it steals. `seen` are those that it is the cause of. */
export function toError(exception: bigint, seen: readonly bigint[] = []): unknown {
  const report = c.PyObject_CallOneArg(helper("describe"), exception);
  if (report === 0n) {
    c.Py_DecRef(exception);
    return new Error(
      "Cannot describe a Python exception: describing it raised another one, which is the cause.",
      {
        cause: causeOf(fetch(), [...seen, exception]),
      },
    );
  }
  try {
    const field = (index: bigint) => c.PyTuple_GetItem(report, index);
    const id = field(4n);
    if (id !== singletons.none) {
      c.Py_DecRef(exception);
      return registeredValue(Number(intToJs(id)));
    }
    const cause = field(3n);
    const causeError = cause === singletons.none
      ? undefined
      : causeOf(newRef(cause), [...seen, exception]);
    return new PythonError(
      textToJs(field(0n)),
      textToJs(field(1n)),
      textToJs(field(2n)),
      unscoped(() => wrapNew(exception)),
      causeError === undefined ? undefined : { cause: causeError },
    );
  } finally {
    c.Py_DecRef(report);
  }
}

/** The same for a cause; undefined where the chain is a cycle, or too long. */
function causeOf(exception: bigint, seen: readonly bigint[]): unknown {
  if (seen.length < limit && !seen.includes(exception)) return toError(exception, seen);
  c.Py_DecRef(exception);
}

/** A new reference to the exception for a JS error: the original one where it came from Python. */
export function errorToPython(error: unknown): bigint {
  if (error instanceof PythonError && !isReleased(error.value)) {
    return newRef(addressOf(error.value));
  }
  return callHelper("JavaScriptError", textOf(error), register(error));
}

function textOf(error: unknown): string {
  try {
    return String(error);
  } catch { // it has no prototype, for example
    return "a value that has no text";
  }
}
