/** Cross-thread calls: what Python threads have the JS thread call for them, JS functions above all. */
import { isRunning, sharedState, withGil } from "./gil.ts";
import { callHelper } from "./helper.ts";
import { c } from "./library.ts";
import { newMemoryView } from "./memory_view.ts";
import { unscoped } from "./ref.ts";
import { singletons } from "./scalars.ts";
import { wrapNew } from "./wrap.ts";

/** From here on queued calls run when the event loop turns; see bridge/cross_thread.py. With the GIL. */
export function openCrossThreadCalls(): void {
  const callback = Deno.UnsafeCallback.threadSafe(
    { parameters: [], result: "void" } as const,
    () => {
      if (isRunning()) withGil(() => c.Py_DecRef(callHelper("run_queued_calls")));
    },
  );
  callback.unref();
  using insideCall = unscoped(() => wrapNew(newMemoryView(sharedState.subarray(1, 2))));
  const wake = Deno.UnsafePointer.value(callback.pointer);
  c.Py_DecRef(callHelper("open_cross_thread_calls", wake, insideCall));
}

/** Stops the notifier thread, the only one that waits for the event loop; nothing may be sent after it. */
export async function stopNotifier(): Promise<void> {
  withGil(() => c.Py_DecRef(callHelper("stop_notifier")));
  while (!hasNotifierStopped()) await new Promise((resolve) => setTimeout(resolve));
}

function hasNotifierStopped(): boolean {
  return withGil(() => {
    const answer = callHelper("notifier_stopped");
    c.Py_DecRef(answer);
    return answer === singletons.true;
  });
}
