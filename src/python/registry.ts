/** The registry of the JS values that Python keeps alive: typed arrays, functions, errors. */
import { check } from "./check.ts";
import { onRelease, sharedState } from "./gil.ts";
import { callHelper, helper } from "./helper.ts";
import { c } from "./library.ts";
import { newMemoryView } from "./memory_view.ts";
import { drainReleaseQueue } from "./ref.ts";
import { intToJs } from "./scalars.ts";

interface Entry {
  readonly value: unknown;
  readonly released: (() => void) | undefined;
}

const entries = new Map<number, Entry>();
let next = 0;

/**
 * Keeps a value until Python releases its id, which the caller passes to a `JsHandle` of
 * bridge/registry.py at once. `released` is then called, with the GIL held.
 */
export function register(value: unknown, released?: () => void): number {
  entries.set(++next, { value, released });
  return next;
}

/** The value that is registered under an id. */
export function registeredValue(id: number): unknown {
  return entries.get(id)?.value;
}

/** How many values Python keeps alive. */
export function registeredCount(): number {
  return entries.size;
}

/** Whether Python keeps typed arrays alive, whose memory its threads may be using. */
export function hasTypedArrays(): boolean {
  return entries.values().some(({ value }) => ArrayBuffer.isView(value));
}

/** From here on Python reports which values it has released. With the GIL held. */
export function openRegistry(): void {
  const memory = newMemoryView(sharedState);
  c.Py_DecRef(check(c.PyObject_CallOneArg(helper("open_registry"), memory)));
  c.Py_DecRef(memory);
  onRelease(() => {
    const ids = callHelper("take_released");
    const count = c.PyList_Size(ids);
    for (let i = 0n; i < count; i++) unregister(Number(intToJs(c.PyList_GetItem(ids, i))));
    c.Py_DecRef(ids);
    drainReleaseQueue();
  });
}

function unregister(id: number): void {
  const entry = entries.get(id);
  entries.delete(id);
  entry?.released?.();
}

/** From here on Python writes nothing into this isolate's memory. With the GIL held. */
export function closeRegistry(): void {
  c.Py_DecRef(callHelper("close_registry"));
}
