/** JS values to Python objects: `toPython` always gives a new reference. With the GIL held. */
import { check, checkStatus } from "./check.ts";
import { c } from "./library.ts";
import { addressOf, Ref } from "./ref.ts";
import {
  becomesInt,
  bigintToPython,
  bytesToPython,
  numberToPython,
  singletons,
  textToPython,
} from "./scalars.ts";

/** What may be passed to Python. */
export type Convertible =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Ref
  | ArrayBufferView
  | readonly Convertible[]
  | ReadonlyMap<Convertible, Convertible>
  | ReadonlySet<Convertible>
  | ((...args: never[]) => unknown)
  | { readonly [key: string]: Convertible };

/** The conversions that need bridge/*.py: array_export.ts, function.ts and numbers_to_python.ts set them. */
export const converters: {
  view: (view: ArrayBufferView) => bigint;
  function: (call: (...args: never[]) => unknown) => bigint;
  /** A list, where the values are many and of one kind of number; else undefined. */
  numbers: (values: readonly unknown[]) => bigint | undefined;
} = {
  view: unsupported,
  function: unsupported,
  numbers: () => undefined,
};

function unsupported(value: unknown): never {
  throw new TypeError(
    "Cannot pass a value to Python: it needs null, a boolean, number, BigInt, string, typed array, " +
      "function or Python object, or an array, Map, Set or plain object of these, " +
      `found ${describe(value)}. Convert it first.`,
  );
}

/** A new reference to the Python object for a JS value. */
export function toPython(value: Convertible): bigint {
  switch (typeof value) {
    case "number":
      return numberToPython(value);
    case "string":
      return textToPython(value);
    case "boolean":
      return check(c.PyBool_FromLong(value ? 1 : 0));
    case "bigint":
      return bigintToPython(value);
    case "undefined":
      return newRef(singletons.none);
    case "function":
      return converters.function(value);
    case "object":
      if (value === null) return newRef(singletons.none);
      if (value instanceof Ref) return newRef(addressOf(value));
      return objectToPython(value);
    default:
      return unsupported(value);
  }
}

/** A new reference to a borrowed object, as `Py_NewRef` gives it. */
export function newRef(address: bigint): bigint {
  c.Py_IncRef(address);
  return address;
}

const limit = 500; // V8 has stack for about 800 levels where it has not compiled the code yet
let depth = 0;

function objectToPython(value: Exclude<Convertible & object, Ref>): bigint {
  if (depth === limit) {
    throw new RangeError(
      `Cannot pass a value to Python: it needs at most ${limit} levels of nesting, found more. ` +
        "Check whether it contains itself.",
    );
  }
  depth++;
  try {
    if (value instanceof Uint8Array) return bytesToPython(value);
    if (ArrayBuffer.isView(value)) return converters.view(value);
    if (Array.isArray(value)) return listToPython(value);
    if (value instanceof Map) return dictToPython(value);
    if (value instanceof Set) return setToPython(value);
    const prototype = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      return dictToPython(Object.entries(value));
    }
    return unsupported(value);
  } finally {
    depth--;
  }
}

/** Fills a new container; releases it where that fails. */
function build(container: bigint, fill: (container: bigint) => void): bigint {
  check(container);
  try {
    fill(container);
    return container;
  } catch (error) {
    c.Py_DecRef(container);
    throw error;
  }
}

function listToPython(values: readonly Convertible[]): bigint {
  const numbers = converters.numbers(values);
  if (numbers !== undefined) return numbers;
  return build(c.PyList_New(0n), (list) => {
    for (let i = 0; i < values.length; i++) checkStatus(append(list, values[i]));
  });
}

/**
 * Appends without an index, which would be a new BigInt for every element; nor is the address of a
 * number boxed as a BigInt where it stays in the branch that makes it.
 */
function append(list: bigint, value: Convertible): number {
  if (typeof value !== "number") return appendNew(list, toPython(value));
  if (becomesInt(value)) return appendNew(list, c.PyLong_FromDouble(value));
  return appendNew(list, c.PyFloat_FromDouble(value));
}

/** Appends an item, whose reference it steals. */
function appendNew(list: bigint, item: bigint): number {
  const status = c.PyList_Append(list, check(item));
  c.Py_DecRef(item);
  return status;
}

/** A new tuple. */
export function tupleToPython(values: readonly Convertible[]): bigint {
  const { length } = values; // a getter may shorten the array, but no item may stay NULL
  return build(c.PyTuple_New(BigInt(length)), (tuple) => {
    for (let i = 0; i < length; i++) {
      checkStatus(c.PyTuple_SetItem(tuple, BigInt(i), toPython(values[i])));
    }
  });
}

/** A new dict. */
function dictToPython(entries: Iterable<readonly [Convertible, Convertible]>): bigint {
  return build(c.PyDict_New(), (dict) => {
    for (const [key, value] of entries) {
      withConverted(
        key,
        (k) => withConverted(value, (v) => checkStatus(c.PyDict_SetItem(dict, k, v))),
      );
    }
  });
}

function setToPython(values: ReadonlySet<Convertible>): bigint {
  return build(c.PySet_New(0n), (set) => {
    for (const value of values) withConverted(value, (v) => checkStatus(c.PySet_Add(set, v)));
  });
}

/** Passes the converted value to `use`, as a borrowed reference, and releases it afterwards. */
export function withConverted<T>(value: Convertible, use: (address: bigint) => T): T {
  const address = toPython(value);
  try {
    return use(address);
  } finally {
    c.Py_DecRef(address);
  }
}

function describe(value: unknown): string {
  if (typeof value !== "object" || value === null) return `a ${typeof value}`;
  return `an instance of ${value.constructor?.name ?? "a class without a name"}`;
}
