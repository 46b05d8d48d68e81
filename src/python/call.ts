/** Calls through the vectorcall protocol. With the GIL held; every result is a new reference. */
import { check } from "./check.ts";
import { interned } from "./interned.ts";
import { KeywordNames } from "./keyword_names.ts";
import { type Arguments, Keywords } from "./keywords.ts";
import { c } from "./library.ts";
import { addressOfView } from "./memory.ts";
import { becomesInt } from "./scalars.ts";
import { newToJs } from "./to_js.ts";
import { type Convertible, toPython } from "./to_python.ts";
import type { Value } from "./types.ts";

// Argument arrays live on a stack of their own, because a callee may call back and call again.
const capacity = 1 << 16;
const stack = new BigUint64Array(new ArrayBuffer(capacity * 8));
const base = addressOfView(stack);
const slots: bigint[] = Array.from({ length: 256 }, (_, i) => base + BigInt(i) * 8n);
const smallNumbers: bigint[] = Array.from({ length: 256 }, (_, i) => BigInt(i));
let top = 0;

const slot = (index: number) => slots[index] ?? base + BigInt(index) * 8n;
/** A small number as a BigInt, from a table where possible. */
export const small = (n: number): bigint => smallNumbers[n] ?? BigInt(n);

/** Calls `callable(...args)`. */
export function call(callable: bigint, args: Arguments): bigint {
  const start = top;
  try {
    return vectorcall(callable, args, start);
  } catch (error) {
    return failures.call(error, callable, args);
  } finally {
    drop(start);
  }
}

/** The value of `callable(...args)`: inlined, so that the result's address is not boxed as a BigInt. */
export function valueOfCall(callable: bigint, args: Arguments): Value {
  const start = top;
  try {
    return newToJs(vectorcall(callable, args, start));
  } catch (error) {
    return newToJs(failures.call(error, callable, args));
  } finally {
    drop(start);
  }
}

/** The caller drops what it pushes, from `start` on. */
function vectorcall(callable: bigint, args: Arguments, start: number): bigint {
  const keywords = pushAll(args);
  const given = small(top - start);
  const names = keywords === undefined ? 0n : pushNamed(keywords);
  return check(c.PyObject_Vectorcall(callable, slot(start), given, names));
}

/** Called when a call has failed with this error; main.ts sets them. */
export const failures: {
  call: (error: unknown, callable: bigint, args: Arguments) => bigint;
  method: (error: unknown, self: bigint, name: string, args: Arguments) => bigint;
} = { call: rethrow, method: rethrow };

function rethrow(error: unknown): never {
  throw error;
}

/** Calls `self.name(...args)` without making a bound method. */
export function callMethod(self: bigint, name: string, args: Arguments): bigint {
  const start = top;
  try {
    c.Py_IncRef(self);
    push(self);
    const keywords = pushAll(args);
    const given = small(top - start);
    const names = keywords === undefined ? 0n : pushNamed(keywords);
    return check(c.PyObject_VectorcallMethod(interned(name), slot(start), given, names));
  } catch (error) {
    return failures.method(error, self, name, args);
  } finally {
    drop(start);
  }
}

/** Pushes the positional arguments and returns the keyword ones, if there are any. */
function pushAll(args: Arguments): Keywords | undefined {
  const last = args.length - 1;
  for (let i = 0; i <= last; i++) {
    const value = args[i];
    if (value instanceof Keywords) {
      if (i === last) return value;
      throw new TypeError(
        "Cannot call: it needs kw({...}) as the last argument, found arguments after it. " +
          "Move it to the end.",
      );
    }
    pushNew(value);
  }
}

/** Pushes the keyword arguments and returns the tuple of their names, borrowed. */
function pushNamed({ values }: Keywords): bigint {
  let names = noNames;
  for (const name in values) {
    pushNew(values[name]);
    names = names.and(name);
  }
  return names.tuple;
}

const noNames = new KeywordNames();

/**
 * Pushes the converted value. The address of an int is not boxed as a BigInt where it stays in the
 * branch that makes it: 13 ns less for two of them.
 */
function pushNew(value: Convertible): void {
  if (typeof value === "number" && becomesInt(value)) push(check(c.PyLong_FromDouble(value)));
  else push(toPython(value));
}

/** Takes ownership of a new reference. */
function push(address: bigint): void {
  if (top === capacity) {
    c.Py_DecRef(address);
    throw new RangeError(
      `Cannot call: it needs at most ${capacity} arguments in all nested calls, found more. ` +
        "Pass them as one array.",
    );
  }
  stack[top++] = address;
}

/** Releases the references from `start` on. */
function drop(start: number): void {
  while (top > start) c.Py_DecRef(stack[--top]!);
}
