/** JS functions as Python callables. With the GIL held. */
import { check, checkStatus } from "./check.ts";
import { errorToPython } from "./error.ts";
import { heldValue, hold } from "./held.ts";
import { callHelper, helper } from "./helper.ts";
import { c } from "./library.ts";
import { addressOfView, cString, typeOf } from "./memory.ts";
import { promiseToPython } from "./promise.ts";
import { whileCalledBack } from "./ref.ts";
import { intToJs, textToJs } from "./scalars.ts";
import { look, type Value } from "./to_js.ts";
import { type Convertible, exporters, toPython } from "./to_python.ts";

type JsFunction = (
  ...args: (Value | Record<string, Value>)[]
) => Convertible | Promise<Convertible>;

exporters.function = (call) => callHelper("JsFunction", hold(call), call.name);

/** Gives Python the way into JS. */
export function openCalls(): void {
  const callback = new Deno.UnsafeCallback(
    { parameters: ["u64", "u64"], result: "u64" } as const,
    (_self, args) => whileCalledBack(() => invoke(args)),
  );
  definition[0] = addressOfView(name);
  definition[1] = Deno.UnsafePointer.value(callback.pointer);
  definition[2] = 1n; // METH_VARARGS
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

/** Serves `invoke(id, args, kwargs)`: a new reference, or 0 with an exception set. */
function invoke(call: bigint): bigint {
  try {
    const field = (index: bigint) => check(c.PyTuple_GetItem(call, index));
    const js = heldValue(Number(intToJs(field(0n)))) as JsFunction;
    const args: (Value | Record<string, Value>)[] = positional(field(1n));
    const keywords = named(field(2n));
    if (Object.keys(keywords).length > 0) args.push(keywords);
    const result = js(...args);
    return result instanceof Promise ? promiseToPython(result) : toPython(result);
  } catch (error) {
    raise(error);
    return 0n;
  }
}

function positional(tuple: bigint): Value[] {
  const values: Value[] = [];
  const size = checkStatus(c.PyTuple_Size(tuple));
  for (let i = 0n; i < size; i++) values.push(look(check(c.PyTuple_GetItem(tuple, i))));
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

/** Sets the Python exception for a JS error. */
function raise(error: unknown): void {
  const value = errorToPython(error);
  c.PyErr_SetObject(BigInt(typeOf(value)), value);
  c.Py_DecRef(value);
}
