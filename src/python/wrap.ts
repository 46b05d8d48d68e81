/** Wrapping references as Python objects of JS. With the GIL held. */
import { c } from "./library.ts";
import type { PyObject } from "./types.ts";

/**
 * Wraps a new reference, which the object then owns. It is set by object.ts, whose class depends on
 * files that wrap objects.
 */
export let wrapNew: (address: bigint) => PyObject;

/** Wraps a borrowed reference: the object owns a new one. */
export function wrapBorrowed(address: bigint): PyObject {
  c.Py_IncRef(address);
  return wrapNew(address);
}

/** Sets how {@linkcode wrapNew} makes an object. */
export function wrapWith(make: (address: bigint) => PyObject): void {
  wrapNew = make;
}
