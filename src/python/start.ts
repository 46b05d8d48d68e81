/** The life of the interpreter: start, and shutdown. */
import { check } from "./check.ts";
import { courierEnded, openCrossings } from "./crossing.ts";
import { findInterpreter, type Interpreter, InterpreterError } from "./discover.ts";
import { translateErrors } from "./error.ts";
import { closeCalls, openCalls } from "./function.ts";
import { allowCalls, enter, isHeld, isRunning, leave, refuseCalls, withGil } from "./gil.ts";
import { closeMailbox, holdsMemory, openMailbox } from "./held.ts";
import { callHelper, loadHelper } from "./helper.ts";
import { c, openLibrary } from "./library.ts";
import { addressOfView } from "./memory.ts";
import { allEnded, somethingPends } from "./pending.ts";
import { learnScalars } from "./scalars.ts";
import { checkVariables } from "./variables.ts";

/** Where Python is and what goes onto its path. */
export interface StartOptions {
  /** Python executable; without it, see {@linkcode findInterpreter}. */
  readonly executable?: string;
  /** Folders for the front of `sys.path`. */
  readonly path?: readonly string[];
}

let current: Interpreter | undefined;
let owner = false; // whether this isolate initialised Python: another one of the process may have

// CPython keeps the pointer to its program name for ever.
let programName: Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** The running interpreter. */
export function interpreter(): Interpreter {
  if (current === undefined) {
    throw new Error("Python has not been started. Start it first: await python.start().");
  }
  return current;
}

/** Starts Python in this process, or only extends `sys.path` where it runs already. */
export function start({ executable, path = [] }: StartOptions): void {
  if (current === undefined) {
    refuseWorker();
    current = initialise(findInterpreter({ executable }));
  } else if (!isRunning()) {
    throw new Error("Python was shut down; it cannot be started again in the same process.");
  } else if (executable !== undefined && executable !== current.executable) {
    throw new InterpreterError(
      `Starting ${executable} failed: a process has one Python, and ${current.executable} runs already.`,
    );
  }
  withGil(() => c.Py_DecRef(callHelper("prepend_path", path)));
}

function refuseWorker(): void {
  if ("WorkerGlobalScope" in globalThis) {
    throw new Error(
      "Starting Python in a Worker is not supported: start it on the main thread and run long work " +
        "with python.job().",
    );
  }
}

function initialise(found: Interpreter): Interpreter {
  checkVariables(found.executable);
  openLibrary(found.libpython);
  owner = c.Py_IsInitialized() === 0;
  if (owner) {
    const characters = Array.from(`${found.executable}\0`, (text) => text.codePointAt(0)!);
    programName = Deno.build.os === "windows"
      ? Uint16Array.from(characters)
      : Uint32Array.from(characters);
    c.Py_SetProgramName(addressOfView(programName));
    c.Py_InitializeEx(0); // 0: Deno keeps its signal handlers
  } else c.PyGILState_Ensure();
  learnScalars(check(c.PyEval_GetBuiltins()));
  loadHelper();
  translateErrors();
  openMailbox();
  openCalls();
  allowCalls(c.PyEval_SaveThread());
  withGil(() => {
    openCrossings();
    c.Py_DecRef(callHelper("refuse_fork"));
  });
  globalThis.addEventListener("unload", detach);
  globalThis.addEventListener("error", standStill);
  globalThis.addEventListener("unhandledrejection", standStill);
  return found;
}

/** What this isolate must have done before its memory goes away. */
function detach(): void {
  if (!isRunning()) return;
  withGil(() => {
    closeCalls();
    closeMailbox();
    c.Py_DecRef(callHelper("close_pending"));
    if (somethingPends()) letLoopsEnd();
    c.Py_DecRef(callHelper("flush"));
  });
}

/**
 * An error that nobody catches ends this isolate without an unload: its memory goes away while Python's
 * threads use it. They stand still until it is known that somebody has prevented that.
 */
function standStill(): void {
  if (!isRunning()) return;
  enter();
  letLoopsEnd();
  queueMicrotask(leave);
}

/**
 * Gives C code that uses memory of JS without the GIL, such as numpy's loops, the time to come to its
 * end. Python code stands still meanwhile: the GIL is held.
 */
function letLoopsEnd(): void {
  if (holdsMemory()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
}

/**
 * Waits for the jobs, runs Python's atexit handlers, writes out its buffered files and ends it.
 * Every later call is refused.
 */
export async function shutdown(): Promise<void> {
  if (!isRunning()) return;
  if (isHeld()) throw new Error("shutdown() was called inside a Python call or withGil().");
  await (ending ??= end());
}

let ending: Promise<void> | undefined; // whoever asks again waits for the same end

async function end(): Promise<void> {
  await allEnded();
  withGil(closeCalls);
  await courierEnded();
  detach();
  withGil(() => {
    refuseCalls("Python was shut down: no call is possible any more.");
    if (owner && c.Py_FinalizeEx() < 0) {
      throw new Error("Python could not write its buffered data.");
    }
    if (!owner) c.PyEval_SaveThread();
  });
}
