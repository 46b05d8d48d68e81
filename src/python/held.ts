/** JS values that Python keeps alive: typed arrays, functions, errors. */
import { check } from "./check.ts";
import { mailbox, onMail } from "./gil.ts";
import { callHelper, helper } from "./helper.ts";
import { c } from "./library.ts";
import { addressOfView } from "./memory.ts";
import { intToJs } from "./scalars.ts";

const values = new Map<number, unknown>();
let next = 0;

/** Keeps a value until Python gives its id back: the id goes to a `Held` of bridge/held.py at once. */
export function hold(value: unknown): number {
  values.set(++next, value);
  return next;
}

/** The value that Python holds under an id. */
export function heldValue(id: number): unknown {
  return values.get(id);
}

/** How many values Python holds. */
export function heldCount(): number {
  return values.size;
}

/** Whether Python holds typed arrays, whose memory its threads may be using. */
export function holdsMemory(): boolean {
  return values.values().some(ArrayBuffer.isView);
}

/** From here on Python tells which values it no longer needs. With the GIL held. */
export function openMailbox(): void {
  const memory = memoryOf(mailbox);
  c.Py_DecRef(check(c.PyObject_CallOneArg(helper("open_mailbox"), memory)));
  c.Py_DecRef(memory);
  onMail(() => {
    const ids = callHelper("collect_mail");
    const count = c.PyList_Size(ids);
    for (let i = 0n; i < count; i++) values.delete(Number(intToJs(c.PyList_GetItem(ids, i))));
    c.Py_DecRef(ids);
  });
}

/** From here on Python writes nothing into this isolate's memory. With the GIL held. */
export function closeMailbox(): void {
  c.Py_DecRef(callHelper("close_mailbox"));
}

/** A writable memoryview (new reference) of JS memory, which the caller must keep alive. */
export function memoryOf(view: ArrayBufferView): bigint {
  const writable = 0x200;
  return check(
    c.PyMemoryView_FromMemory(addressOfView(view), BigInt(view.byteLength), writable),
  );
}
