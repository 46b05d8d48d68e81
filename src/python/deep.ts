/** Deep conversion of containers. With the GIL held. */
import { builtin } from "./builtins.ts";
import { check } from "./check.ts";
import { helper } from "./helper.ts";
import { c } from "./library.ts";
import { typeOf } from "./memory.ts";
import { numbersToJs } from "./numbers_to_js.ts";
import { types } from "./scalars.ts";
import { scalarOf } from "./to_js.ts";
import { wrapBorrowed } from "./wrap.ts";

/**
 * The JS value of a borrowed reference: list and tuple as Array, set and frozenset as Set, dict as a
 * plain object when all its keys are strings, else as Map; subclasses of scalars and numpy scalars
 * as their value; anything else, and containers below `depth`, as a wrapped object. An object met
 * twice gives the same JS object, so that cycles end.
 */
export function deepToJs(address: bigint, depth: number): unknown {
  const seen: Seen = new Map();
  try {
    return convert(address, depth, seen);
  } finally {
    for (const container of seen.keys()) c.Py_DecRef(container);
  }
}

/** The containers met so far. Each is increfed, so that no new object can get its address. */
type Seen = Map<bigint, unknown>;

function remember<T>(seen: Seen, address: bigint, value: T): T {
  c.Py_IncRef(address);
  seen.set(address, value);
  return value;
}

function convert(address: bigint, depth: number, seen: Seen): unknown {
  const type = typeOf(address);
  const scalar = scalarOf(address, type);
  if (scalar !== undefined) return scalar;
  if (seen.has(address)) return seen.get(address);
  c.Py_IncRef(address); // Python code may run below and remove it from its container
  try {
    const container = depth > 0 ? containerOf(type) : undefined;
    return container === undefined ? leaf(address) : container(address, depth - 1, seen);
  } finally {
    c.Py_DecRef(address);
  }
}

type Convert = (address: bigint, depth: number, seen: Seen) => unknown;

const containers: readonly (readonly [type: string, convert: Convert])[] = [
  ["list", list],
  ["tuple", sequence],
  ["dict", dict],
  ["set", set],
  ["frozenset", set],
];

function containerOf(type: number): Convert | undefined {
  const address = BigInt(type);
  return containers.find(([name]) => c.PyType_IsSubtype(address, builtin(name)) === 1)?.[1];
}

function leaf(address: bigint): unknown {
  const plain = check(c.PyObject_CallOneArg(helper("plain_scalar"), address));
  try {
    const scalar = scalarOf(plain, typeOf(plain));
    return scalar === undefined ? wrapBorrowed(address) : scalar;
  } finally {
    c.Py_DecRef(plain);
  }
}

function list(address: bigint, depth: number, seen: Seen): unknown[] {
  const numbers = numbersToJs(address);
  if (numbers !== undefined) return remember(seen, address, numbers);
  return sequence(address, depth, seen);
}

function sequence(address: bigint, depth: number, seen: Seen): unknown[] {
  return fill(remember(seen, address, []), address, depth, seen);
}

/** By an iterator: an index would be a new BigInt for every element. */
function fill(values: unknown[], address: bigint, depth: number, seen: Seen): unknown[] {
  const iterator = check(c.PyObject_GetIter(address));
  try {
    while (true) {
      const item = c.PyIter_Next(iterator);
      if (item === 0n) break;
      if (typeOf(item) === types.float) {
        values.push(c.PyFloat_AsDouble(item));
        c.Py_DecRef(item);
      } else values.push(newToJsDeep(item, depth, seen));
    }
    if (c.PyErr_Occurred() !== 0n) check(0n);
    return values;
  } finally {
    c.Py_DecRef(iterator);
  }
}

/** The value of a new reference, which it steals. */
function newToJsDeep(address: bigint, depth: number, seen: Seen): unknown {
  try {
    return convert(address, depth, seen);
  } finally {
    c.Py_DecRef(address);
  }
}

function set(address: bigint, depth: number, seen: Seen): Set<unknown> {
  const values = remember(seen, address, new Set<unknown>());
  const members = check(c.PySequence_List(address));
  try {
    for (const member of fill([], members, depth, seen)) values.add(member);
    return values;
  } finally {
    c.Py_DecRef(members);
  }
}

function dict(address: bigint, depth: number, seen: Seen): unknown {
  const items = check(c.PyDict_Items(address)); // a copy: a finalizer may change the dict
  try {
    const size = c.PyList_Size(items);
    const keyAt = (i: bigint) => c.PyTuple_GetItem(c.PyList_GetItem(items, i), 0n);
    const valueAt = (i: bigint) =>
      convert(c.PyTuple_GetItem(c.PyList_GetItem(items, i), 1n), depth, seen);
    if (allText(keyAt, size)) {
      const record = remember<Record<string, unknown>>(seen, address, {});
      for (let i = 0n; i < size; i++) {
        define(record, convert(keyAt(i), 0, seen) as string, valueAt(i));
      }
      return record;
    }
    const map = remember(seen, address, new Map<unknown, unknown>());
    for (let i = 0n; i < size; i++) map.set(convert(keyAt(i), Infinity, seen), valueAt(i));
    return map;
  } finally {
    c.Py_DecRef(items);
  }
}

function allText(keyAt: (i: bigint) => bigint, size: bigint): boolean {
  for (let i = 0n; i < size; i++) {
    const type = BigInt(typeOf(keyAt(i)));
    if (c.PyType_IsSubtype(type, builtin("str")) === 0) return false;
  }
  return true;
}

/** Assignment that also works for `__proto__`. */
function define(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(record, key, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else record[key] = value;
}
