/** JS values that Python keeps alive: typed arrays, functions, errors. */
import { check } from "./check.ts";
import { mailbox, onMail } from "./gil.ts";
import { callHelper, helper } from "./helper.ts";
import { c } from "./library.ts";
import { addressOfView } from "./memory.ts";
import { releaseQueued } from "./ref.ts";
import { intToJs } from "./scalars.ts";

interface Entry {
  readonly value: unknown;
  readonly givenBack: (() => void) | undefined;
}

const entries = new Map<number, Entry>();
let next = 0;

/**
 * Keeps a value until Python gives its id back: the id goes to a `Held` of bridge/held.py at once.
 * `givenBack` is then called, with the GIL held.
 */
export function hold(value: unknown, givenBack?: () => void): number {
  entries.set(++next, { value, givenBack });
  return next;
}

/** The value that Python holds under an id. */
export function heldValue(id: number): unknown {
  return entries.get(id)?.value;
}

/** How many values Python holds. */
export function heldCount(): number {
  return entries.size;
}

/** Whether Python holds typed arrays, whose memory its threads may be using. */
export function holdsMemory(): boolean {
  return entries.values().some(({ value }) => ArrayBuffer.isView(value));
}

/** From here on Python tells which values it no longer needs. With the GIL held. */
export function openMailbox(): void {
  const memory = memoryOf(mailbox);
  c.Py_DecRef(check(c.PyObject_CallOneArg(helper("open_mailbox"), memory)));
  c.Py_DecRef(memory);
  onMail(() => {
    const ids = callHelper("collect_mail");
    const count = c.PyList_Size(ids);
    for (let i = 0n; i < count; i++) giveBack(Number(intToJs(c.PyList_GetItem(ids, i))));
    c.Py_DecRef(ids);
    releaseQueued();
  });
}

function giveBack(id: number): void {
  const entry = entries.get(id);
  entries.delete(id);
  entry?.givenBack?.();
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
