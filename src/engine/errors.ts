/** What Python refused, in words for the person who asked. */
import { constants } from "node:os";
import { InterpreterError, PythonError } from "../python/mod.ts";

/** A mistake that the user can mend: the message says what was attempted, what is required, what was found
 * and what to do. `kind` is the class in `py/clusterfit/errors.py`. */
export class EngineError extends Error {
  /** Of the class, as for every JS error. */
  override readonly name = "EngineError";
  /** `ENOSPC` and the like, where the system refused a file. */
  readonly code: string | undefined;

  /** `kind`: the class of the exception in Python. */
  constructor(readonly kind: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = kind === "FileError" ? systemCode(message) : undefined;
  }
}

/** What the system said, in a message: "[Errno 28]" of Python, "(os error 28)" of safetensors. */
function systemCode(message: string): string | undefined {
  const [, python, rust] = /\[Errno (\d+)\]|\(os error (\d+)\)/.exec(message) ?? [];
  const number = Number(python ?? rust);
  return Object.entries(constants.errno).find(([, value]) => value === number)?.[0];
}

const module = "clusterfit.errors.";

/** The EngineError for an exception of `py/clusterfit/errors.py`, or where memory ran out; any other error
 * unchanged. */
export function explain(error: unknown): unknown {
  if (!(error instanceof PythonError)) return error;
  if (ranOutOfMemory(error)) {
    const [said = ""] = error.pythonMessage.split("\n");
    return new EngineError(
      "OutOfMemory",
      `Cannot compute: it needs more memory than there is, found: ${said.replace(/\.$/, "")}. ` +
        "Give a smaller width, batch size or number of images, or free some memory, and start again.",
      { cause: error },
    );
  }
  if (!error.type.startsWith(module)) return error;
  return new EngineError(error.type.slice(module.length), error.pythonMessage, { cause: error });
}

/** Python's, NumPy's and PyTorch's on CUDA are classes of their own; PyTorch's on the CPU is not. */
function ranOutOfMemory({ type, pythonMessage }: PythonError): boolean {
  return /MemoryError$/.test(type) ||
    (type === "RuntimeError" && /can't allocate memory|out of memory/i.test(pythonMessage));
}

/** Likewise for what may fail before anything of ours runs. `python` is the executable, if one was found. */
export function explainStart(error: unknown, python: string | undefined): unknown {
  if (error instanceof InterpreterError) {
    return new EngineError("InterpreterError", error.message, { cause: error });
  }
  if (error instanceof PythonError && importErrors.has(error.type)) {
    return new EngineError(
      "ImportError",
      `Cannot start the engine: ${python} cannot import what it needs ` +
        `(${error.pythonMessage}). Run \`deno task setup\`, which installs it.`,
      { cause: error },
    );
  }
  return explain(error);
}

const importErrors = new Set(["ImportError", "ModuleNotFoundError", "OSError"]);
