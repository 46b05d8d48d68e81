/**
 * Waiting without a clock. What other threads, processes and the garbage collector bring about is waited
 * for as a condition, so that no test depends on how busy the machine is.
 */

/**
 * Seconds that only a hang lasts, for a child process of a test, which takes seconds, or a minute. The time in which it
 * is kept waiting for a CPU does not count; see `limitTime`.
 */
export const hangSeconds = 300;

/**
 * Turns of the event loop that only a hang lasts: two minutes at least, and longer on a busy machine,
 * where these turns take longer just as what they wait for does.
 */
const hangTurns = 120_000;

/** A turn of the event loop, in which timers, finalizers and calls from Python threads are served. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

/** Resolves once `holds()`, which is asked once a turn. Throws where that never comes. */
export async function until(holds: () => boolean): Promise<void> {
  for (let turns = 0; !holds(); turns++) {
    if (turns === hangTurns) {
      throw new Error(`Waited ${hangTurns} turns of the event loop in vain for ${holds}`);
    }
    await turn();
  }
}
