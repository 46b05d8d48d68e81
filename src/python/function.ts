/** JS functions as Python functions. With the GIL held. */
import { builtin } from "./builtins.ts";
import { small } from "./call.ts";
import { check } from "./check.ts";
import { errorToPython } from "./error.ts";
import { callHelper, helper } from "./helper.ts";
import { c } from "./library.ts";
import { addressOfView, cString, typeOf } from "./memory.ts";
import { promiseToPython } from "./promise.ts";
import { releaseAfterCall, runCallback } from "./ref.ts";
import { register, registeredValue } from "./registry.ts";
import { intToJs, singletons, textToJs } from "./scalars.ts";
import { borrowedToJs } from "./to_js.ts";
import { converters, type Convertible, newRef, toPython } from "./to_python.ts";
import type { Value } from "./types.ts";

type JsFunction = (
  ...args: (Value | Record<string, Value>)[]
) => Convertible | Promise<Convertible>;

/** The Python function of a JS function: its id, and a weak reference to it, which JS owns. */
interface Known {
  readonly id: number;
  readonly weak: bigint;
}

/** A JS function is the same object each time it is passed, as long as Python keeps that. */
const known = new WeakMap<(...args: never[]) => unknown, Known>();

converters.function = (js) => {
  const before = known.get(js);
  if (before !== undefined) {
    const alive = check(c.PyWeakref_GetObject(before.weak));
    if (alive !== singletons.none) return newRef(alive);
    forget(js, before);
  }
  const id = register(js, () => {
    const last = known.get(js);
    if (last?.id === id) forget(js, last);
  });
  const made = callHelper("js_function", id, String(js.name));
  known.set(js, { id, weak: check(c.PyWeakref_NewRef(made, 0n)) });
  keep(made);
  return made;
};

/**
 * Its Python function was freed. The weak reference is released at once, not by the garbage collector
 * of JS, which counts the memory of JS only: a program that makes a function for each call would grow.
 */
function forget(js: (...args: never[]) => unknown, { weak }: Known): void {
  known.delete(js);
  c.Py_DecRef(weak);
}

/**
 * A loop may pass the same function in every call, and Python frees it after each: the last few are
 * kept until the microtasks run, so that they need not be made again. The next call releases them, so
 * that nothing waits for the GIL on their account.
 */
const recent: bigint[] = [];
const recentCount = 8;
let oldest = 0;

function keep(made: bigint): void {
  if (recent.length === 0) queueMicrotask(releaseRecent);
  const replaced = recent[oldest];
  recent[oldest] = newRef(made);
  oldest = (oldest + 1) % recentCount;
  if (replaced !== undefined) c.Py_DecRef(replaced);
}

function releaseRecent(): void {
  oldest = 0;
  for (const made of recent.splice(0)) releaseAfterCall(made);
}

/** From here on Python can call JS functions. */
export function openCalls(): void {
  recursionError = builtin("RecursionError");
  const callback = new Deno.UnsafeCallback(
    { parameters: ["u64", "u64", "i64"], result: "u64" } as const,
    (_self, args) => runCallback(invoke, args),
  );
  definition[0] = addressOfView(name);
  definition[1] = Deno.UnsafePointer.value(callback.pointer);
  definition[2] = 0x80n; // METH_FASTCALL
  const invoker = check(c.PyCFunction_NewEx(addressOfView(definition), 0n, 0n));
  c.Py_DecRef(check(c.PyObject_CallOneArg(helper("open_calls"), invoker)));
  c.Py_DecRef(invoker);
}

/** From here on Python calls no JS function. With the GIL held. */
export function closeCalls(): void {
  c.Py_DecRef(callHelper("close_calls"));
}

const definition = new BigUint64Array(new ArrayBuffer(32)); // PyMethodDef; Python keeps its address
const name = cString("invoke");

const given = new BigUint64Array(new ArrayBuffer(24));
const givenAddress = addressOfView(given);

/** Implements `invoke(id, args, kwargs)`: a new reference, or NULL with an exception set. */
function invoke(call: bigint): bigint {
  try {
    c.memcpy(givenAddress, call, 24n);
    const keywords = given[2]!;
    const js = registeredValue(intToJs(given[0]!) as number) as JsFunction;
    const args: (Value | Record<string, Value>)[] = positional(given[1]!);
    if (keywords !== singletons.none) args.push(named(keywords));
    const result = js(...args);
    return result instanceof Promise ? promiseToPython(result) : toPython(result);
  } catch (error) {
    raise(error);
    return 0n;
  }
}

function positional(tuple: bigint): Value[] {
  const values: Value[] = [];
  const size = Number(c.PyTuple_Size(tuple));
  for (let i = 0; i < size; i++) values.push(borrowedToJs(c.PyTuple_GetItem(tuple, small(i))));
  return values;
}

function named(dict: bigint): Record<string, Value> {
  const values: Record<string, Value> = {};
  const keys = check(c.PyDict_Keys(dict));
  try {
    const size = c.PyList_Size(keys);
    for (let i = 0n; i < size; i++) {
      const key = c.PyList_GetItem(keys, i);
      values[textToJs(key)] = borrowedToJs(check(c.PyDict_GetItemWithError(dict, key)));
    }
    return values;
  } finally {
    c.Py_DecRef(keys);
  }
}

/** Sets the Python exception for a JS error, or a RecursionError where JS has no stack left for that. */
function raise(error: unknown): void {
  try {
    const value = errorToPython(error);
    c.PyErr_SetObject(BigInt(typeOf(value)), value);
    c.Py_DecRef(value);
  } catch {
    c.PyErr_SetObject(recursionError, singletons.none);
  }
}

let recursionError = 0n; // a borrowed reference, never freed
