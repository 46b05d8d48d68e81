/** Python objects to JS values. With the GIL held. */
import { c } from "./library.ts";
import { typeOf } from "./memory.ts";
import type { PyObject } from "./object.ts";
import { owned } from "./ref.ts";
import { bytesToJs, intToJs, type Scalar, singletons, textToJs, types } from "./scalars.ts";

/** What comes back from Python: a JS value for exact scalars, else the object itself, wrapped. */
export type Value = Scalar | PyObject;

/** Whether an object of this type (see `typeOf`) has a JS value of its own. */
export function isScalar(type: number): boolean {
  return type === types.int || type === types.float || type === types.str ||
    type === types.none || type === types.bool || type === types.bytes;
}

/** The JS value of a scalar that the caller only borrows. */
export function scalarToJs(address: bigint, type: number): Scalar {
  switch (type) {
    case types.int:
      return intToJs(address);
    case types.float:
      return c.PyFloat_AsDouble(address);
    case types.str:
      return textToJs(address);
    case types.none:
      return null;
    case types.bool:
      return address === singletons.true;
    default:
      return bytesToJs(address);
  }
}

/** The value of a reference that the caller hands over. */
export function take(address: bigint): Value {
  const type = typeOf(address);
  if (!isScalar(type)) return owned(address);
  try {
    return scalarToJs(address, type);
  } finally {
    c.Py_DecRef(address);
  }
}

/** The value of an object that the caller only borrows. */
export function look(address: bigint): Value {
  c.Py_IncRef(address);
  return take(address);
}
