/** The functions of Python by which tensors are written, each with its faults: see watch_calls.py. */
import { fileURLToPath } from "node:url";
import { python } from "../../src/python/mod.ts";
import { type Calls, kill } from "./calls.ts";

/** Puts a function that asks `calls` first in the place of each. Python has been started with its engine. */
export async function watchPython(calls: Calls): Promise<void> {
  await python.start({ path: [fileURLToPath(new URL(".", import.meta.url))] });
  const meet = (operation: string, path: string): [string, string] | undefined => {
    const fault = calls.meet(operation, path);
    if (fault?.moment === "before" && fault.effect === "kill") kill();
    return fault && [fault.moment, fault.effect];
  };
  python.import("watch_calls").method("watch", meet);
}
