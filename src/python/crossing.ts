/** Calls that Python threads have this thread make: JS functions, in the first place. */
import { isRunning, mailbox, withGil } from "./gil.ts";
import { memoryOf } from "./held.ts";
import { callHelper } from "./helper.ts";
import { c } from "./library.ts";
import { unscoped } from "./ref.ts";
import { singletons } from "./scalars.ts";
import { wrapNew } from "./wrap.ts";

/** From here on calls are served when the event loop turns; see bridge/crossing.py. With the GIL. */
export function openCrossings(): void {
  const callback = Deno.UnsafeCallback.threadSafe(
    { parameters: [], result: "void" } as const,
    () => {
      if (isRunning()) withGil(() => c.Py_DecRef(callHelper("serve")));
    },
  );
  callback.unref();
  using inside = unscoped(() => wrapNew(memoryOf(mailbox.subarray(1, 2))));
  const wake = Deno.UnsafePointer.value(callback.pointer);
  c.Py_DecRef(callHelper("open_crossings", wake, inside));
}

/** Resolves when no Python thread waits for the event loop any more; nothing may be told after it. */
export async function courierEnded(): Promise<void> {
  withGil(() => c.Py_DecRef(callHelper("dismiss_courier")));
  while (!courierIsGone()) await new Promise((resolve) => setTimeout(resolve));
}

function courierIsGone(): boolean {
  return withGil(() => {
    const answer = callHelper("courier_is_gone");
    c.Py_DecRef(answer);
    return answer === singletons.true;
  });
}
