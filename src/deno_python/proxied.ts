/** How Python objects are recognised among JS values, and how new ones are wrapped. */
import type { PyObject as Reference } from "../python/mod.ts";
import { ProxiedPyObject, type PyObject, type PythonProxy } from "./types.ts";

/**
 * Wraps a reference of the bridge. It is set by py_object.ts, whose class depends on files that wrap
 * references.
 */
export let wrap: (reference: Reference) => PyObject;

/** Sets how {@linkcode wrap} makes an object. */
export function wrapWith(make: (reference: Reference) => PyObject): void {
  wrap = make;
}

/** Whether a value stands for a Python object. */
export function isProxied(value: unknown): value is PythonProxy {
  return (typeof value === "object" || typeof value === "function") && value !== null &&
    ProxiedPyObject in value;
}
