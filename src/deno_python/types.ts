/**
 * The types of Python objects in JS and of what can be passed to Python. They refer to each other; the
 * classes that implement them are in py_object.ts, named_argument.ts and callback.ts.
 */
import type { PyObject as Reference } from "../python/mod.ts";

/**
 * Key under which a proxy keeps its {@linkcode PyObject}. Whatever has it is passed to Python as that
 * object, so you can write wrappers of your own.
 */
export const ProxiedPyObject: unique symbol = Symbol("ProxiedPyObject");

/** Anything that stands for a Python object. */
export interface PythonProxy {
  /** The object. */
  [ProxiedPyObject]: PyObject;
}

/** A value that only Python knows the type of: the proxies, and what `valueOf()` gives. */
// deno-lint-ignore no-explicit-any -- code written for deno_python compiles with nothing narrower
export type Dynamic = any;

/**
 * A Python object, with methods instead of the properties of its {@linkcode PyObject.proxy}. It owns
 * one reference, which is released when JS has collected it, or at once at the end of `using`.
 *
 * @internal
 */
export interface PyObject extends PythonProxy, Disposable {
  /** The same object in `clusterfit/python`. */
  readonly reference: Reference;

  /** The address of the object, which stays its own while something keeps it alive. */
  readonly handle: Deno.PointerValue;

  /** The object itself: every PyObject owns its reference. */
  readonly owned: PyObject;

  /** Whether it is None. */
  readonly isNone: boolean;

  /**
   * The object as JS code uses it. Whatever is read from a proxy and whatever its calls return is a
   * proxy, until `valueOf()`.
   *
   * - `f(1, kw\`name=${2}\`)` and `new Class(1)` call it.
   * - `object.name` is the attribute; where a dict has none of that name, its key. A name without
   *   either is undefined.
   * - `list[0]`, `list[-1]`, `list["1:3"]` and `array["0, ..., ::-1"]` are items.
   * - All of these can be assigned to, and deleted.
   * - `name in object` tells whether there is such an attribute, key or index.
   * - `for (const item of list)` gives a {@linkcode PyObject} each.
   */
  readonly proxy: Dynamic;

  /** `isinstance(self, cls)` */
  isInstance(cls: PythonConvertible): boolean;

  /** `self == other` */
  equals(other: PythonConvertible): boolean;

  /** `self.name`, or undefined where there is no such attribute. */
  maybeGetAttr(name: string): PyObject | undefined;

  /** `self.name` */
  getAttr(name: string): PyObject;

  /** `self.name = value` */
  setAttr(name: string, value: PythonConvertible): void;

  /** `hasattr(self, name)` */
  hasAttr(name: string): boolean;

  /** `self(*positional, **named)`; named arguments may also stand among the positional ones. */
  call(
    positional?: readonly (PythonConvertible | NamedArgument)[],
    named?: Readonly<Record<string, PythonConvertible>>,
  ): PyObject;

  /** `bool(self)` */
  asBoolean(): boolean;

  /** `int(self)`; use `valueOf()` for one that is no safe integer. */
  asLong(): number;

  /** `float(self)` */
  asDouble(): number;

  /** The text of a `str`; null if it is none. */
  asString(): string | null;

  /** The values of the items. */
  asArray(): Dynamic[];

  /** The values of the items of a tuple. */
  asTuple(): Dynamic[];

  /** The values of the items, each once. */
  asSet(): Set<Dynamic>;

  /** The keys and values of a dict. */
  asDict(): Map<Dynamic, Dynamic>;

  /**
   * The JS value: of None null, of an int a number or a BigInt, of a float, a bool or a str what you
   * expect, of bytes a Uint8Array, of a list or tuple an Array, of a dict a Map, of a set a Set, with
   * the values of what is in it. Anything else, subclasses included, is a proxy.
   */
  valueOf(): Dynamic;

  /** `str(self)` */
  toString(): string;

  /** What operators see: a number for Python's numbers, numpy's included, else `str(self)`. */
  [Symbol.toPrimitive](hint: string): Dynamic;

  /** The items, one by one. Leaving the loop early closes a generator. */
  [Symbol.iterator](): Generator<PyObject, void, undefined>;
}

/**
 * A keyword argument of a call; it may stand anywhere among the positional ones.
 *
 * @internal
 */
export interface NamedArgument {
  readonly name: string;
  readonly value: PyObject;
}

/**
 * A JS function as Python calls it: keyword arguments first, then the positional ones. Its Promise is
 * an awaitable in Python.
 */
export type PythonJSCallback = (
  kwargs: Dynamic,
  ...args: Dynamic[]
) => PythonConvertible | Promise<PythonConvertible>;

/**
 * A JS function that can be passed to Python, and destroyed.
 *
 * @internal
 */
export interface Callback extends Disposable {
  readonly callback: PythonJSCallback;
  /** Whether it was destroyed. */
  readonly destroyed: boolean;
  /** From here on Python code that calls it gets an exception. */
  destroy(): void;
}

/**
 * What can be passed to Python:
 *
 * - a number becomes an `int` when it is a safe integer and not -0, else a `float`; for a `float` that
 *   is whole, pass `python.float(42)`;
 * - a BigInt becomes an `int`, of any size;
 * - `null` and `undefined` become `None`, booleans `bool`, strings and Symbols `str`;
 * - a `Uint8Array` becomes `bytes`, any other typed array an ndarray over the same memory;
 * - an Array becomes a `list`, a Set a `set`, a Map or another object a `dict`;
 * - a function or a {@linkcode Callback} becomes a callable: it gets an object with the keyword
 *   arguments first, then the positional ones;
 * - a proxy, or whatever has {@linkcode ProxiedPyObject}, is the Python object that it stands for, and
 *   an object of `clusterfit/python` is itself.
 */
export type PythonConvertible =
  | number
  | bigint
  | void
  | null
  | undefined
  | boolean
  | string
  | symbol
  | PyObject
  | PythonProxy
  | Reference
  | ArrayBufferView
  | PythonJSCallback
  | Callback
  | readonly PythonConvertible[]
  | ReadonlyMap<PythonConvertible, PythonConvertible>
  | ReadonlySet<PythonConvertible>
  | { readonly [key: string]: PythonConvertible };
