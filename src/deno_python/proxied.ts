/** How Python objects are recognised among JS values, and how new ones are wrapped. */
import type { PyObject as Reference } from "../python/mod.ts";
import type { PyObject } from "./py_object.ts";

/**
 * Key under which a proxy keeps its {@linkcode PyObject}. Whatever has it is passed to Python as that
 * object, so you can write wrappers of your own.
 */
export const ProxiedPyObject: unique symbol = Symbol("ProxiedPyObject");

/** Anything that stands for a Python object. */
export interface PythonProxy {
  [ProxiedPyObject]: PyObject;
}

/** A value that only Python knows the type of: the proxies, and what `valueOf()` gives. */
// deno-lint-ignore no-explicit-any -- code written for deno_python compiles with nothing narrower
export type Dynamic = any;

/** Wraps a reference of the bridge. The one seam that points upwards: py_object.ts fills it. */
export let wrap: (reference: Reference) => PyObject;

/** Says how a reference is wrapped. */
export function wrapWith(make: (reference: Reference) => PyObject): void {
  wrap = make;
}

/** Whether a value stands for a Python object. */
export function isProxied(value: unknown): value is PythonProxy {
  return (typeof value === "object" || typeof value === "function") && value !== null &&
    ProxiedPyObject in value;
}
