/** Lifecycle of the interpreter: start, normal end, shutdown. */
import { check } from "./check.ts";
import { openCrossThreadCalls, stopNotifier } from "./cross_thread.ts";
import { findInterpreter, type Interpreter, InterpreterError } from "./discover.ts";
import { translateErrors } from "./error.ts";
import { closeCalls, openCalls } from "./function.ts";
import { allowCalls, enter, isHeld, isRunning, leave, refuseCalls, withGil } from "./gil.ts";
import { callHelper, loadHelper } from "./helper.ts";
import { c, openLibrary } from "./library.ts";
import { openMain } from "./main.ts";
import { addressOfView } from "./memory.ts";
import { hasPending, pendingEnded } from "./pending.ts";
import { closeRegistry, hasTypedArrays, openRegistry } from "./registry.ts";
import { initScalars } from "./scalars.ts";
import { checkVariables } from "./variables.ts";

/** Where Python is and what goes onto its path. */
export interface StartOptions {
  /** Python executable; without it, see {@linkcode findInterpreter}. */
  readonly executable?: string;
  /** Folders for the front of `sys.path`. */
  readonly path?: readonly string[];
}

let current: Interpreter | undefined;
let owner = false; // whether this isolate initialised Python; false where another one had done so

// CPython keeps the pointer to its program name: this must never be collected.
let programName: Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** The running interpreter. */
export function interpreter(): Interpreter {
  if (current === undefined) {
    throw new Error(
      "Cannot tell which Python runs: it needs a running interpreter, found none. " +
        "Start it first: await python.start().",
    );
  }
  return current;
}

/** Starts Python in this process; where it runs already, only extends `sys.path`. */
export function start({ executable, path = [] }: StartOptions): void {
  if (current === undefined) {
    refuseWorker();
    current = initialise(findInterpreter({ executable }));
  } else if (!isRunning()) {
    throw new Error(
      "Cannot start Python: it needs a process where it was not shut down, found one where it was. " +
        "Start a new process.",
    );
  } else if (executable !== undefined && executable !== current.executable) {
    throw new InterpreterError(
      `Cannot start ${executable}: it needs a process without a Python, found ` +
        `${current.executable} running already. Use that one, or a process of its own.`,
    );
  }
  withGil(() => c.Py_DecRef(callHelper("prepend_path", path)));
}

function refuseWorker(): void {
  if ("WorkerGlobalScope" in globalThis) {
    throw new Error(
      "Cannot start Python: it needs the main thread, found a Worker. Start it on the main thread, " +
        "and run long work with python.job().",
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
  initScalars(check(c.PyEval_GetBuiltins()));
  loadHelper();
  translateErrors();
  openRegistry();
  openCalls();
  allowCalls(c.PyEval_SaveThread());
  withGil(() => {
    openCrossThreadCalls();
    c.Py_DecRef(callHelper("refuse_fork"));
    openMain();
  });
  globalThis.addEventListener("unload", onUnload);
  globalThis.addEventListener("error", blockPythonThreads);
  globalThis.addEventListener("unhandledrejection", blockPythonThreads);
  return found;
}

/** Stops Python from using this isolate's memory, before it is freed. With the GIL held. */
function detach(): void {
  closeCalls();
  closeRegistry();
  c.Py_DecRef(callHelper("close_pending"));
}

/** On a normal end without `shutdown()`: see bridge/process_exit.py. */
function onUnload(): void {
  if (!isRunning()) return;
  withGil(() => {
    detach();
    c.Py_DecRef(callHelper("on_process_exit", Deno.exitCode));
    if (hasPending()) waitForComputingThreads();
    c.Py_DecRef(callHelper("flush"));
  });
}

/**
 * An uncaught error ends this isolate without an unload event: its memory is freed while Python's
 * threads may use it. This blocks them, by holding the GIL, until all listeners have run: one of them
 * may have called `preventDefault()`.
 */
function blockPythonThreads(): void {
  if (!isRunning()) return;
  enter();
  waitForComputingThreads();
  queueMicrotask(leave);
}

/**
 * Waits for C code that uses memory of JS without the GIL, such as numpy's loops. No Python code runs
 * meanwhile: the GIL is held.
 */
function waitForComputingThreads(): void {
  if (!hasTypedArrays()) return;
  const pause = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  pause(100);
  let computing = computingThreads();
  for (let ms = 0; computing.size > 0 && ms < 3000; ms += 5) { // others may have the CPUs
    pause(5);
    computing = computing.intersection(computingThreads());
  }
}

/** The other threads of this process that run or wait for a CPU; none where that is unknown. */
function computingThreads(): Set<string> {
  if (Deno.permissions.querySync({ name: "read" }).state !== "granted") return new Set();
  try {
    const own = Deno.readLinkSync("/proc/thread-self").split("/").at(-1);
    const threads = [...Deno.readDirSync("/proc/self/task")].map(({ name }) => name);
    return new Set(threads.filter((thread) => thread !== own && computes(thread)));
  } catch {
    return new Set(); // this is not Linux
  }
}

function computes(thread: string): boolean {
  try {
    const stat = Deno.readTextFileSync(`/proc/self/task/${thread}/stat`);
    return /^[RD]/.test(stat.slice(stat.lastIndexOf(")") + 2));
  } catch {
    return false; // it has ended
  }
}

/**
 * Waits for the jobs, runs Python's atexit handlers, flushes its buffered files and finalises it.
 * Every later call is refused.
 */
export async function shutdown(): Promise<void> {
  if (!isRunning()) return;
  if (isHeld()) {
    throw new Error(
      "Cannot shut down Python: it needs to be outside every Python call, found itself inside one " +
        "or inside withGil(). Call shutdown() after it has returned.",
    );
  }
  await (ending ??= end());
}

let ending: Promise<void> | undefined; // later calls of shutdown() wait for the same end

async function end(): Promise<void> {
  await pendingEnded();
  withGil(closeCalls);
  await stopNotifier();
  withGil(() => {
    detach();
    c.Py_DecRef(callHelper("flush"));
    refuseCalls(
      "Cannot call Python: it needs a running interpreter, found it shut down. " +
        "Make all calls before python.shutdown().",
    );
    if (owner && c.Py_FinalizeEx() < 0) {
      throw new Error(
        "Cannot shut down Python cleanly: it needs to write its buffered data, found that it could " +
          "not. Check what stdout and stderr are connected to.",
      );
    }
    if (!owner) c.PyEval_SaveThread();
  });
}
