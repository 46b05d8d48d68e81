/** Every NULL and -1 of the C API is checked where it is returned. */
import { c } from "./library.ts";

let take: () => unknown = () =>
  new Error("Cannot start Python: a call of its C API failed. Report this as a bug.");

/** Sets how the pending Python exception becomes a JS error (error.ts). */
export function raiseWith(translate: () => unknown): void {
  take = translate;
}

/** The JS error for the pending exception. None stays pending, also where the stack is exhausted. */
function takeError(): unknown {
  try {
    return take();
  } catch (error) {
    c.PyErr_Clear();
    return error;
  }
}

/** Passes an address on, or throws the pending Python exception where it is NULL. */
export function check(address: bigint): bigint {
  if (address === 0n) throw takeError();
  return address;
}

/** Passes a status on, or throws the pending Python exception where it is negative. */
export function checkStatus<T extends number | bigint>(status: T): T {
  if (status < 0) throw takeError();
  return status;
}
