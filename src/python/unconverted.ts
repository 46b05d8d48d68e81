/**
 * The same operations as the methods of `PyObject`, without converting their results: scalars, too,
 * stay Python objects. For code to which the Python type of a number matters.
 */
import { builtin } from "./builtins.ts";
import { call as callAddress } from "./call.ts";
import { check } from "./check.ts";
import { errorToPython, toError } from "./error.ts";
import { withGil } from "./gil.ts";
import { iterate as iterateWith } from "./iteration.ts";
import type { Arguments } from "./keywords.ts";
import { c } from "./library.ts";
import { typeOf } from "./memory.ts";
import { addressOf, unscoped } from "./ref.ts";
import type { Scalar } from "./scalars.ts";
import { scalarOf } from "./to_js.ts";
import { type Convertible, newRef, toPython, withConverted } from "./to_python.ts";
import type { PyObject } from "./types.ts";
import { wrapNew } from "./wrap.ts";

/** The Python object for a JS value. */
export function from(value: Convertible): PyObject {
  return withGil(() => wrapNew(toPython(value)));
}

/** The JS value of an object whose exact type has one, else undefined. */
export function scalar(object: PyObject): Scalar | undefined {
  return withGil(() => scalarOf(addressOf(object), typeOf(addressOf(object))));
}

/** `object.name`, or undefined where there is no such attribute. The name is not interned: it may be data. */
export function attr(object: PyObject, name: string): PyObject | undefined {
  return withGil(() => {
    const found = withConverted(name, (n) => c.PyObject_GetAttr(addressOf(object), n));
    if (found === 0n && c.PyErr_ExceptionMatches(builtin("AttributeError")) === 1) {
      c.PyErr_Clear();
      return undefined;
    }
    return wrapNew(check(found));
  });
}

/** `object[key]` */
export function item(object: PyObject, key: Convertible): PyObject {
  return withGil(() =>
    withConverted(key, (k) => wrapNew(check(c.PyObject_GetItem(addressOf(object), k))))
  );
}

/** `object(...args)`; keyword arguments are a last `kw({...})`. */
export function call(object: PyObject, args: Arguments): PyObject {
  return withGil(() => wrapNew(callAddress(addressOf(object), args)));
}

/** The exception that Python code sees where a JS function throws this. */
export function exception(error: unknown): PyObject {
  return withGil(() => unscoped(() => wrapNew(errorToPython(error))));
}

/** What JS code sees where Python raises this exception. */
export function error(exception: PyObject): unknown {
  return withGil(() => toError(newRef(addressOf(exception))));
}

/** The items of `iter(object)`. Leaving the loop early closes a generator, as in JS. */
export function iterate(object: PyObject): Generator<PyObject, void, undefined> {
  return iterateWith(object, wrapNew);
}
