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

/** How what needs bridge/*.py becomes a Python object; the files that know how fill it in. */
export const exporters: {
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
    `Passing ${describe(value)} to Python failed: there is no Python object for it. ` +
      "Pass null, booleans, numbers, BigInts, strings, typed arrays, functions, Python objects, " +
      "or arrays, Maps, Sets and plain objects of these.",
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
      return share(singletons.none);
    case "function":
      return exporters.function(value);
    case "object":
      if (value === null) return share(singletons.none);
      if (value instanceof Ref) return share(addressOf(value));
      return objectToPython(value);
    default:
      return unsupported(value);
  }
}

/** A new reference to an object that is borrowed. */
export function share(address: bigint): bigint {
  c.Py_IncRef(address);
  return address;
}

const limit = 500; // V8 has stack for about 800 levels where it has not compiled the code yet
let depth = 0;

function objectToPython(value: Exclude<Convertible & object, Ref>): bigint {
  if (depth === limit) {
    throw new RangeError(
      `Passing a value to Python failed: it is nested deeper than ${limit} levels (does it contain itself?).`,
    );
  }
  depth++;
  try {
    if (value instanceof Uint8Array) return bytesToPython(value);
    if (ArrayBuffer.isView(value)) return exporters.view(value);
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

/** Fills a new container; gives it back where that fails. */
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
  const numbers = exporters.numbers(values);
  if (numbers !== undefined) return numbers;
  return build(c.PyList_New(0n), (list) => {
    for (let i = 0; i < values.length; i++) checkStatus(append(list, values[i]));
  });
}

/**
 * Appending needs no index, which would be a new BigInt for every element; and the address of a
 * number that does not leave the branch it is made in is not made a BigInt either.
 */
function append(list: bigint, value: Convertible): number {
  if (typeof value !== "number") return appendNew(list, toPython(value));
  if (becomesInt(value)) return appendNew(list, c.PyLong_FromDouble(value));
  return appendNew(list, c.PyFloat_FromDouble(value));
}

/** Appends an item that the caller hands over. */
function appendNew(list: bigint, item: bigint): number {
  const status = c.PyList_Append(list, check(item));
  c.Py_DecRef(item);
  return status;
}

/** A new tuple. */
export function tupleToPython(values: readonly Convertible[]): bigint {
  const { length } = values; // a getter may shorten the array, but no place may stay empty
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
      withNew(key, (k) => withNew(value, (v) => checkStatus(c.PyDict_SetItem(dict, k, v))));
    }
  });
}

function setToPython(values: ReadonlySet<Convertible>): bigint {
  return build(c.PySet_New(0n), (set) => {
    for (const value of values) withNew(value, (v) => checkStatus(c.PySet_Add(set, v)));
  });
}

/** Lends the converted value to `use` and releases it afterwards. */
export function withNew<T>(value: Convertible, use: (address: bigint) => T): T {
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
