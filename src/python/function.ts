/** JS functions as Python functions. With the GIL held. */
import { builtin } from "./builtins.ts";
import { small } from "./call.ts";
import { check } from "./check.ts";
import { errorToPython } from "./error.ts";
import { heldValue, hold } from "./held.ts";
import { callHelper, helper } from "./helper.ts";
import { c } from "./library.ts";
import { addressOfView, cString, typeOf } from "./memory.ts";
import type { PyObject } from "./object.ts";
import { promiseToPython } from "./promise.ts";
import { addressOf, owned, unscoped, whileCalledBack } from "./ref.ts";
import { intToJs, singletons, textToJs } from "./scalars.ts";
import { look, type Value } from "./to_js.ts";
import { type Convertible, exporters, share, toPython } from "./to_python.ts";

type JsFunction = (
  ...args: (Value | Record<string, Value>)[]
) => Convertible | Promise<Convertible>;

/** Weak references to the Python functions: a JS function is the same object each time it is passed. */
const known = new WeakMap<(...args: never[]) => unknown, PyObject>();

exporters.function = (js) => {
  const weak = known.get(js);
  if (weak !== undefined) {
    const alive = check(c.PyWeakref_GetObject(addressOf(weak)));
    if (alive !== singletons.none) return share(alive);
    weak[Symbol.dispose]();
  }
  const made = callHelper("js_function", hold(js), String(js.name));
  known.set(js, unscoped(() => owned(check(c.PyWeakref_NewRef(made, 0n)))));
  return made;
};

/** Gives Python the way into JS. */
export function openCalls(): void {
  recursionError = builtin("RecursionError");
  const callback = new Deno.UnsafeCallback(
    { parameters: ["u64", "u64", "i64"], result: "u64" } as const,
    (_self, args) => whileCalledBack(invoke, args),
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

/** Serves `invoke(id, args, kwargs)`: a new reference, or 0 with an exception set. */
function invoke(call: bigint): bigint {
  try {
    c.memcpy(givenAddress, call, 24n);
    const keywords = given[2]!;
    const js = heldValue(intToJs(given[0]!) as number) as JsFunction;
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
  for (let i = 0; i < size; i++) values.push(look(c.PyTuple_GetItem(tuple, small(i))));
  return values;
}

function named(dict: bigint): Record<string, Value> {
  const values: Record<string, Value> = {};
  const keys = check(c.PyDict_Keys(dict));
  try {
    const size = c.PyList_Size(keys);
    for (let i = 0n; i < size; i++) {
      const key = c.PyList_GetItem(keys, i);
      values[textToJs(key)] = look(check(c.PyDict_GetItemWithError(dict, key)));
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

let recursionError = 0n; // borrowed for ever
