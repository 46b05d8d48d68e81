/** JS values on their way to Python. */
import {
  type Convertible,
  PyObject as Reference,
  PythonError as BridgeError,
  unconverted,
  type Value,
} from "../python/mod.ts";
import { callableOf, toPythonError } from "./callable.ts";
import { Callback } from "./callback.ts";
import { guard, PythonError } from "./error.ts";
import { isProxied, wrap } from "./proxied.ts";
import { temporary } from "./temporaries.ts";
import {
  ProxiedPyObject,
  type PyObject,
  type PythonConvertible,
  type PythonJSCallback,
} from "./types.ts";
import { valueOfGiven } from "./values.ts";

/** The Python object for a JS value; a value that stands for one gives that one. */
export function toObject(value: PythonConvertible): PyObject {
  if (isProxied(value)) return value[ProxiedPyObject];
  return guard(() => wrap(unconverted.from(toBridge(value))));
}

/** The value as the bridge takes it. */
export function toBridge(value: PythonConvertible): Convertible {
  switch (typeof value) {
    case "symbol":
      return String(value);
    case "function":
      return isProxied(value) ? value[ProxiedPyObject].reference : functionOf(value);
    case "object":
      return value === null ? null : objectToBridge(value);
    default:
      return value as Convertible;
  }
}

function objectToBridge(value: PythonConvertible & object): Convertible {
  if (isProxied(value)) return value[ProxiedPyObject].reference;
  if (value instanceof Reference) return value;
  if (value instanceof Callback) return functionOf(value.callback, value);
  if (Array.isArray(value)) return value.map(toBridge);
  if (value instanceof Map) {
    return new Map(value.entries().map(([key, item]) => [toBridge(key), toBridge(item)]));
  }
  if (value instanceof Set) return new Set(value.values().map(toBridge));
  if (Object.prototype.toString.call(value) !== "[object Object]") return value as Convertible;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toBridge(item)]));
}

/** A function for a Python class, which gets the instance first. */
export function methodOf(callback: Callback): PyObject {
  return guard(() => wrap(unconverted.from(functionOf(callback.callback, callback, true))));
}

/** A callable, made of a function of the bridge, which gets keyword arguments as a last plain object. */
function functionOf(callback: PythonJSCallback, owner?: Callback, isMethod = false): Convertible {
  const called = (
    ...given: (Value | Record<string, Value>)[]
  ): Convertible | Promise<Convertible> => {
    try {
      if (owner?.destroyed) {
        throw new Error(
          `Cannot call the callback ${
            callback.name || "without a name"
          }: it needs a live callback, ` +
            "found it destroyed. Destroy it when Python no longer calls it.",
        );
      }
      const last = given.at(-1);
      const keywords = isKeywords(last) ? last : {};
      const positional = isKeywords(last) ? given.slice(0, -1) : given;
      const named = Object.entries(keywords).map(([name, item]) => [name, valueOfGiven(item)]);
      const result = callback(Object.fromEntries(named), ...positional.map(valueOfGiven));
      if (result instanceof Promise) return result.then(toBridge).catch(failed);
      return toBridge(result);
    } catch (error) {
      return failed(error);
    }
  };
  return temporary(callableOf(called, callback, isMethod));
}

/** Throws what Python is to raise: its own exceptions as themselves. */
function failed(error: unknown): never {
  if (error instanceof PythonError) throw error.origin;
  throw error instanceof BridgeError ? error : toPythonError(error);
}

function isKeywords(
  value: Value | Record<string, Value> | undefined,
): value is Record<string, Value> {
  return typeof value === "object" && value !== null &&
    !(value instanceof Reference) && !(value instanceof Uint8Array);
}
