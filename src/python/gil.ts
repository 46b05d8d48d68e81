/**
 * The GIL: held only inside a call, counted so that calls nest and batch.
 *
 * One JS thread calls Python, so a plain counter says whether that thread holds the GIL; Python code
 * that calls back into JS on this thread finds it held.
 */
import { c } from "./library.ts";

let thread = 0n;
let running = false;
let depth = 0;
let refusal = "Cannot call Python: it needs a running interpreter, found none. " +
  "Start it first: await python.start().";

/**
 * Memory shared with Python. [0] counts the JS values that Python has released (see registry.ts), [1]
 * is 1 while this thread is in a Python call (see cross_thread.ts).
 */
export const sharedState: Int32Array<ArrayBuffer> = new Int32Array(new ArrayBuffer(16));
const releaseCount = 0;
const insideCall = 1;
const none = -1; // no count that Python writes: it counts from 0
let seenCount = 0;
let handleReleases: () => void = () => {};

/** Sets what is called, with the GIL held, when an outermost call ends and Python has released values. */
export function onRelease(handler: () => void): void {
  handleReleases = handler;
}

/** Has the handler called when the outermost call ends, also where Python has released nothing. */
export function requestRelease(): void {
  seenCount = none;
}

/** From here on calls are possible: `state` is this thread's Python thread state, without the GIL. */
export function allowCalls(state: bigint): void {
  thread = state;
  running = true;
}

/** From here on every call is refused, with this explanation. */
export function refuseCalls(explanation: string): void {
  running = false;
  refusal = explanation;
}

/** Whether calls are possible. */
export function isRunning(): boolean {
  return running;
}

/** Whether this thread holds the GIL now. */
export function isHeld(): boolean {
  return depth > 0;
}

/** Takes the GIL, or counts up where this thread has it. Every `enter` is followed by a `leave`. */
export function enter(): void {
  if (depth === 0) {
    if (!running) throw new Error(refusal);
    c.PyEval_RestoreThread(thread);
    sharedState[insideCall] = 1;
  }
  depth++;
}

/** Undoes one `enter`. */
export function leave(): void {
  if (depth === 1) {
    sharedState[insideCall] = 0;
    if (running) c.PyEval_SaveThread();
  }
  depth--;
  if (sharedState[releaseCount] !== seenCount && depth === 0 && running) callHandler();
}

/** In a call of its own: a signal handler may raise in it, or the stack be exhausted. */
function callHandler(): void {
  seenCount = sharedState[releaseCount]!;
  withGil(handleReleases);
}

/** Runs `body` under one acquisition of the GIL. */
export function withGil<T>(body: () => T): T {
  enter();
  try {
    return body();
  } finally {
    leave();
  }
}
