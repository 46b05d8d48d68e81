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
let refusal = "Python has not been started. Start it first: await python.start().";

/**
 * Shared with Python. [0] counts what Python gave back (see held.ts), [1] is 1 while this thread is
 * in a Python call (see crossing.ts).
 */
export const mailbox: Int32Array<ArrayBuffer> = new Int32Array(new ArrayBuffer(16));
const inside = 1; // index of what tells other threads whether this one is in a Python call
const nothingYet = -1; // Python counts from 0
let delivered = 0;
let deliver: () => void = () => {};

/** Called with the GIL held whenever Python has put something into the mailbox. */
export function onMail(handler: () => void): void {
  deliver = handler;
}

/** Has the handler called when the outermost call ends, also where there is no mail. */
export function collectSoon(): void {
  delivered = nothingYet;
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
    mailbox[inside] = 1;
  }
  depth++;
}

/** Undoes one `enter`. */
export function leave(): void {
  if (depth === 1) {
    mailbox[inside] = 0;
    if (running) c.PyEval_SaveThread();
  }
  depth--;
  if (mailbox[0] !== delivered && depth === 0 && running) collect();
}

/** Looks at the mail in a call of its own: a signal handler may raise in it, or the stack be exhausted. */
function collect(): void {
  delivered = mailbox[0]!;
  withGil(deliver);
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
