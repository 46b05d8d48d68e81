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
import { openMain } from "./main.ts";
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
    openMain();
  });
  globalThis.addEventListener("unload", endWithProcess);
  globalThis.addEventListener("error", standStill);
  globalThis.addEventListener("unhandledrejection", standStill);
  return found;
}

/** What this isolate must have done before its memory goes away. With the GIL held. */
function detach(): void {
  closeCalls();
  closeMailbox();
  c.Py_DecRef(callHelper("close_pending"));
}

/** A normal end, without `shutdown()`: see bridge/ending.py. */
function endWithProcess(): void {
  if (!isRunning()) return;
  withGil(() => {
    detach();
    c.Py_DecRef(callHelper("end_with_process", Deno.exitCode));
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
  if (!holdsMemory()) return;
  const pause = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  pause(100);
  let computing = computingThreads();
  for (let ms = 0; computing.size > 0 && ms < 3000; ms += 5) { // others may have the CPUs
    pause(5);
    computing = computing.intersection(computingThreads());
  }
}

/** The other threads of this process that run or wait for a CPU; none where that cannot be told. */
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
  withGil(() => {
    detach();
    c.Py_DecRef(callHelper("flush"));
    refuseCalls("Python was shut down: no call is possible any more.");
    if (owner && c.Py_FinalizeEx() < 0) {
      throw new Error("Python could not write its buffered data.");
    }
    if (!owner) c.PyEval_SaveThread();
  });
}
