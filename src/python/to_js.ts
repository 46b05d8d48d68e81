/** Python objects to JS values. With the GIL held. */
import { c } from "./library.ts";
import { typeOf } from "./memory.ts";
import { bytesToJs, intToJs, type Scalar, singletons, textToJs, types } from "./scalars.ts";
import type { Value } from "./types.ts";
import { wrapBorrowed, wrapNew } from "./wrap.ts";

/** The JS value of a borrowed reference if its exact type (see `typeOf`) is a scalar, else undefined. */
export function scalarOf(address: bigint, type: number): Scalar | undefined {
  if (type === types.int) return intToJs(address);
  if (type === types.float) return c.PyFloat_AsDouble(address);
  if (type === types.str) return textToJs(address);
  if (type === types.none) return null;
  if (type === types.bool) return address === singletons.true;
  if (type === types.bytes) return bytesToJs(address);
  return undefined;
}

/** The JS value of a new reference, which it steals: released, or owned by the object it wraps. */
export function newToJs(address: bigint): Value {
  const type = typeOf(address);
  if (type === types.int) { // most results: short enough to be inlined
    const number = c.PyLong_AsDouble(address);
    if (number !== -1 && Number.isSafeInteger(number)) {
      c.Py_DecRef(address);
      return number;
    }
  }
  return newToJsSlow(address, type);
}

function newToJsSlow(address: bigint, type: number): Value {
  let scalar: Scalar | undefined;
  try {
    scalar = scalarOf(address, type);
  } catch (error) {
    c.Py_DecRef(address);
    throw error;
  }
  if (scalar === undefined) return wrapNew(address);
  c.Py_DecRef(address);
  return scalar;
}

/** The JS value of a borrowed reference. */
export function borrowedToJs(address: bigint): Value {
  const scalar = scalarOf(address, typeOf(address));
  return scalar === undefined ? wrapBorrowed(address) : scalar;
}
