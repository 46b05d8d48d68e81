/** A Python object as JS sees it. */
import { iterateAsync } from "./awaiting.ts";
import { builtin } from "./builtins.ts";
import { type Arguments, callMethod, valueOfCall } from "./call.ts";
import { type ArrayView, viewOf } from "./array_view.ts";
import { check, checkStatus } from "./check.ts";
import { within, withinAsync } from "./context.ts";
import { deepToJs } from "./deep.ts";
import { enter, leave, withGil } from "./gil.ts";
import { interned } from "./interned.ts";
import { iterate } from "./iteration.ts";
import { c } from "./library.ts";
import {
  binaryOperation,
  type BinaryOperator,
  unaryOperation,
  type UnaryOperator,
} from "./operator.ts";
import { addressOf, Ref, wrapWith } from "./ref.ts";
import { textToJs } from "./scalars.ts";
import { take, type Value } from "./to_js.ts";
import { type Convertible, withNew } from "./to_python.ts";
import type * as py from "./typed.ts";

/**
 * Owns one reference to a Python object. Every method throws what Python raised as a PythonError.
 *
 * `T` describes the object, in the words of typed.ts; `deno task stubs` writes it. Names, arguments and
 * results are then checked by `deno check`. Where nothing is known of the object, anything goes.
 */
export class PyObject<out T = unknown> extends Ref {
  /** Types only: it makes two descriptions two types. */
  declare protected readonly described: T;

  /** `self.name` */
  attr<U, N extends py.Name<U>>(this: PyObject<U>, name: N): py.Out<py.Member<U, N>>;
  attr(name: string): Value {
    enter();
    try {
      return take(check(c.PyObject_GetAttr(addressOf(this), interned(name))));
    } finally {
      leave();
    }
  }

  /** `self.name = value` */
  setAttr<U, N extends py.Name<U>>(
    this: PyObject<U>,
    name: N,
    value: py.In<py.Member<U, N>>,
  ): void;
  setAttr(name: string, value: Convertible): void {
    withGil(() =>
      withNew(value, (v) => {
        checkStatus(c.PyObject_SetAttr(addressOf(this), interned(name), v));
      })
    );
  }

  /** `hasattr(self, name)` */
  has(name: string): boolean {
    return withGil(() => {
      const found = c.PyObject_GetAttr(addressOf(this), interned(name));
      if (found === 0n && c.PyErr_ExceptionMatches(builtin("AttributeError")) === 1) {
        c.PyErr_Clear();
        return false;
      }
      c.Py_DecRef(check(found));
      return true;
    });
  }

  /** `self[key]` */
  item<U, K extends py.Key<U>>(this: PyObject<U>, key: K): py.Item<U, K>;
  item(key: Convertible): Value {
    enter();
    try {
      return withNew(key, (k) => take(check(c.PyObject_GetItem(addressOf(this), k))));
    } finally {
      leave();
    }
  }

  /** `self[key] = value` */
  setItem(key: Convertible, value: Convertible): void {
    withGil(() =>
      withNew(key, (k) =>
        withNew(value, (v) => {
          checkStatus(c.PyObject_SetItem(addressOf(this), k, v));
        }))
    );
  }

  /** `del self[key]` */
  delItem(key: Convertible): void {
    withGil(() => withNew(key, (k) => void checkStatus(c.PyObject_DelItem(addressOf(this), k))));
  }

  /** `value in self` */
  contains(value: Convertible): boolean {
    return withGil(() =>
      withNew(value, (v) => checkStatus(c.PySequence_Contains(addressOf(this), v)) === 1)
    );
  }

  /** `len(self)` */
  get length(): number {
    return withGil(() => Number(checkStatus(c.PyObject_Size(addressOf(this)))));
  }

  /** `self(...args)`; keyword arguments are a last `kw({...})`. */
  call<U>(this: PyObject<U>, ...args: py.ArgumentsOf<U>): py.Result<U>;
  call(...args: Arguments): Value {
    enter();
    try {
      return valueOfCall(addressOf(this), args);
    } finally {
      leave();
    }
  }

  /** `self.name(...args)` */
  method<U, N extends py.Name<U>>(
    this: PyObject<U>,
    name: N,
    ...args: py.ArgumentsOf<py.Member<U, N>>
  ): py.Result<py.Member<U, N>>;
  method(name: string, ...args: Arguments): Value {
    enter();
    try {
      return take(callMethod(addressOf(this), name, args));
    } finally {
      leave();
    }
  }

  /** Iterates as Python does. Leaving the loop early closes a generator, as in JS. */
  [Symbol.iterator](): Generator<py.Out<py.Each<T>>, void, undefined>;
  [Symbol.iterator](): Generator<Value, void, undefined> {
    return iterate(this, take);
  }

  /** Iterates an async iterable. Leaving the loop early closes an async generator. */
  [Symbol.asyncIterator](): AsyncGenerator<py.Out<py.Each<T>>, void, undefined>;
  [Symbol.asyncIterator](): AsyncGenerator<Value, void, undefined> {
    return iterateAsync(this);
  }

  /** Whether both are the same Python object. */
  is(other: PyObject): boolean {
    return addressOf(this) === addressOf(other);
  }

  /** `isinstance(self, cls)` */
  isInstance(cls: PyObject): boolean {
    return withGil(() => checkStatus(c.PyObject_IsInstance(addressOf(this), addressOf(cls))) === 1);
  }

  /**
   * Deep conversion: list and tuple to Array, set and frozenset to Set, dict to a plain object when
   * all its keys are strings, else to Map; subclasses of scalars and numpy scalars to their value;
   * what has no JS value stays a Python object, as do containers more than `depth` levels down.
   */
  toJs<U>(this: PyObject<U>): py.Js<U>;
  toJs(options: { depth?: number }): unknown;
  toJs({ depth = Infinity }: { depth?: number } = {}): unknown {
    return withGil(() => deepToJs(addressOf(this), depth));
  }

  /** The object's memory as a typed array, without a copy. See {@linkcode ArrayView}. */
  view<U>(this: PyObject<U>): ArrayView<py.Data<U>>;
  view(): ArrayView {
    return withGil(() => viewOf(addressOf(this)));
  }

  /** A unary operator: `x.op("-")` is `-x`. */
  op(operator: UnaryOperator): Value;
  /**
   * A binary operator: `x.op("+", 1)` is `x + 1`. Comparisons give what Python gives, for arrays an
   * array. One in place, `x.op("+=", 1)`, gives what Python would assign to x.
   */
  op(operator: BinaryOperator, other: Convertible): Value;
  op(operator: UnaryOperator & BinaryOperator, ...other: Convertible[]): Value {
    return withGil(() =>
      take(
        other.length === 0
          ? unaryOperation(operator, this)
          : binaryOperation(this, operator, other[0]),
      )
    );
  }

  /** `bool(self == other)` */
  equals(other: Convertible): boolean {
    return withGil(() =>
      withNew(other, (o) => checkStatus(c.PyObject_RichCompareBool(addressOf(this), o, 2)) === 1)
    );
  }

  /** `hash(self)` */
  hash(): number | bigint {
    return withGil(() => {
      const hash = c.PyObject_Hash(addressOf(this));
      if (hash === -1n) checkStatus(hash); // every other negative number is a hash
      return Number.isSafeInteger(Number(hash)) ? Number(hash) : hash;
    });
  }

  /**
   * Runs `body` inside this context manager. The value of `__enter__` is its argument; an error is
   * shown to `__exit__`, and where that swallows it the result is undefined. A body that gives a
   * promise is inside until the promise is settled.
   */
  with<R, U>(
    this: PyObject<U>,
    body: (value: py.Out<py.Enters<U>>) => Promise<R>,
  ): Promise<R | undefined>;
  with<R, U>(this: PyObject<U>, body: (value: py.Out<py.Enters<U>>) => R): R | undefined;
  with(body: (value: Value) => unknown): unknown {
    return within(this, body);
  }

  /** The same for an asynchronous context manager, by `__aenter__` and `__aexit__`. */
  asyncWith<R, U>(
    this: PyObject<U>,
    body: (value: py.Out<py.Enters<U>>) => R | Promise<R>,
  ): Promise<R | undefined>;
  asyncWith<R>(body: (value: Value) => R | Promise<R>): Promise<R | undefined> {
    return withinAsync(this, body);
  }

  /** `str(self)` */
  override toString(): string {
    return withGil(() => text(c.PyObject_Str(addressOf(this))));
  }

  /**
   * In arithmetic and comparisons a number of Python's (numpy's scalars, floats that are objects) is
   * its value; anything else, and everything in template strings, is `str(self)`.
   */
  [Symbol.toPrimitive](hint: "string" | "number" | "default"): string | number | bigint | boolean {
    if (hint === "string") return this.toString();
    const value = this.toJs({ depth: 0 });
    return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean"
      ? value
      : this.toString();
  }

  /** What `JSON.stringify` writes: the value of `toJs()`. Throws where there is none, rather than lose it. */
  toJSON(): unknown {
    const value = this.toJs();
    if (!(value instanceof PyObject)) return value;
    const type = ((this as PyObject).attr("__class__") as PyObject).attr("__qualname__");
    throw new TypeError(
      `Writing JSON failed: a Python ${type} has no JS value. Convert it first, for example with ` +
        'String(x), x.method("isoformat") or x.method("tolist").',
    );
  }

  /** What `Deno.inspect` and `console.log` show: the `repr`. */
  [Symbol.for("Deno.customInspect")](): string {
    try {
      const repr = withGil(() => text(c.PyObject_Repr(addressOf(this))));
      return `PyObject ${repr.length > 2000 ? `${repr.slice(0, 2000)}...` : repr}`;
    } catch (error) {
      return `PyObject <${(error as Error).message}>`;
    }
  }
}

wrapWith((address) => new PyObject(address));

function text(address: bigint): string {
  check(address);
  try {
    return textToJs(address);
  } finally {
    c.Py_DecRef(address);
  }
}
