/** Ctrl-C, SIGTERM and the end of the terminal (SIGHUP) stop a run cleanly; a second one kills the process,
 * which loses nothing either. */

/** What a stopped run is aborted with. */
class Interrupted extends Error {
  override readonly name = "Interrupted";
}

interface Interrupts extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * One Ctrl-C can arrive several times within milliseconds: the terminal sends it to every process of
 * the group, and `deno task` passes its own on.
 */
const sameMs = 500;

/** The exit code of `work`; 130 where it ends because its signal told of an interrupt. */
export async function untilInterrupted(
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  using interrupts = listenForInterrupts();
  const { signal } = interrupts;
  try {
    return await work(signal);
  } catch (error) {
    if (signal.aborted) return 130;
    throw error;
  }
}

/** `now` tells the time in ms. */
export function listenForInterrupts(now = () => performance.now()): Interrupts {
  const controller = new AbortController();
  let first = 0;
  const stop = () => {
    if (!controller.signal.aborted) {
      first = now();
      controller.abort(new Interrupted("stopped by the user"));
    } else if (now() - first > sameMs) Deno.kill(Deno.pid, "SIGKILL");
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) Deno.addSignalListener(signal, stop);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const signal of signals) Deno.removeSignalListener(signal, stop);
    },
  };
}
