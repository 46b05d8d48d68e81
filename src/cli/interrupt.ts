/** Ctrl-C and SIGTERM stop a run cleanly; a second one kills the process, which loses nothing either. */

/** What a stopped run is aborted with. */
class Interrupted extends Error {
  override readonly name = "Interrupted";
}

interface Interrupts extends Disposable {
  readonly signal: AbortSignal;
}

export function listenForInterrupts(): Interrupts {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) Deno.kill(Deno.pid, "SIGKILL");
    controller.abort(new Interrupted("stopped by the user"));
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) Deno.addSignalListener(signal, stop);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const signal of signals) Deno.removeSignalListener(signal, stop);
    },
  };
}
