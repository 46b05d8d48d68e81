/** How long the event loop is kept from turning, counted in CPU time: however long others have the CPUs, it
 * stands still. */
import process from "node:process";

/** CPU time in ms. */
export interface CpuTime {
  /** Of the thread that the event loop turns on: its own computing. */
  readonly thread: number;
  /** Of all threads of the process: also what computes while the event loop waits, as for the GIL. */
  readonly process: number;
}

/** What may be used between two turns: 100 ms by this thread, 100 ms by every CPU. */
export const limits: CpuTime = { thread: 100, process: 100 * navigator.hardwareConcurrency };

/** Calls `onTurn` about every 5 ms, with what was used since the last time, until disposed. */
export function watchTurns(onTurn: (used: CpuTime) => void): Disposable {
  let last = now();
  const timer = setInterval(() => {
    const { thread, process } = now();
    const used = { thread: thread - last.thread, process: process - last.process };
    last = { thread, process };
    onTurn(used);
  }, 5);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** The larger of each. */
export function worse(a: CpuTime, b: CpuTime = { thread: 0, process: 0 }): CpuTime {
  return { thread: Math.max(a.thread, b.thread), process: Math.max(a.process, b.process) };
}

/** Whether more was used than may be. */
export function exceeds({ thread, process }: CpuTime): boolean {
  return thread > limits.thread || process > limits.process;
}

function now(): CpuTime {
  const ms = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;
  return { thread: ms(process.threadCpuUsage()), process: ms(process.cpuUsage()) };
}
