/** The class of Python objects in JS; the types of its methods are those of the interface in types.ts. */
import { binaryOperation, unaryOperation } from "./apply_operator.ts";
import { viewOf } from "./array_import.ts";
import type { ArrayView } from "./array_view.ts";
import { iterateAsync } from "./awaiting.ts";
import { builtin } from "./builtins.ts";
import { callMethod, valueOfCall } from "./call.ts";
import { check, checkStatus } from "./check.ts";
import { within, withinAsync } from "./context.ts";
import { deepToJs } from "./deep.ts";
import { type MimeBundle, mimeBundle } from "./display.ts";
import { enter, leave, withGil } from "./gil.ts";
import { interned } from "./interned.ts";
import { iterate } from "./iteration.ts";
import type { Arguments } from "./keywords.ts";
import { c } from "./library.ts";
import type { BinaryOperator, UnaryOperator } from "./operators.ts";
import { addressOf, Ref } from "./ref.ts";
import { textToJs } from "./scalars.ts";
import { newToJs } from "./to_js.ts";
import { type Convertible, withConverted } from "./to_python.ts";
import type { PyObject as Typed, Value } from "./types.ts";
import { wrapWith } from "./wrap.ts";

/** A Python object; see the interface in types.ts. */
export type PyObject<T = unknown> = Typed<T>;

/**
 * What the class can do beside its instances' methods.
 *
 * @internal
 */
export interface PyObjectConstructor {
  /** Takes ownership of the new reference at `address`. */
  new <T = unknown>(address: bigint): PyObject<T>;
  readonly prototype: PyObject;
}

/** Every method of the interface, whatever its type: the class has the types for any description. */
type Methods = { [Name in keyof Typed]: unknown };

/** A Python object; see the interface in types.ts. */
export const PyObject: PyObjectConstructor = class PyObject extends Ref implements Methods {
  attr(name: string): Value {
    enter();
    try {
      return newToJs(check(c.PyObject_GetAttr(addressOf(this), interned(name))));
    } finally {
      leave();
    }
  }

  setAttr(name: string, value: Convertible): void {
    withGil(() =>
      withConverted(value, (v) => {
        checkStatus(c.PyObject_SetAttr(addressOf(this), interned(name), v));
      })
    );
  }

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

  item(key: Convertible): Value {
    enter();
    try {
      return withConverted(key, (k) => newToJs(check(c.PyObject_GetItem(addressOf(this), k))));
    } finally {
      leave();
    }
  }

  setItem(key: Convertible, value: Convertible): void {
    withGil(() =>
      withConverted(key, (k) =>
        withConverted(value, (v) => {
          checkStatus(c.PyObject_SetItem(addressOf(this), k, v));
        }))
    );
  }

  delItem(key: Convertible): void {
    withGil(() =>
      withConverted(key, (k) => void checkStatus(c.PyObject_DelItem(addressOf(this), k)))
    );
  }

  contains(value: Convertible): boolean {
    return withGil(() =>
      withConverted(value, (v) => checkStatus(c.PySequence_Contains(addressOf(this), v)) === 1)
    );
  }

  get length(): number {
    return withGil(() => Number(checkStatus(c.PyObject_Size(addressOf(this)))));
  }

  call(...args: Arguments): Value {
    enter();
    try {
      return valueOfCall(addressOf(this), args);
    } finally {
      leave();
    }
  }

  method(name: string, ...args: Arguments): Value {
    enter();
    try {
      return newToJs(callMethod(addressOf(this), name, args));
    } finally {
      leave();
    }
  }

  [Symbol.iterator](): Generator<Value, void, undefined> {
    return iterate(this, newToJs);
  }

  [Symbol.asyncIterator](): AsyncGenerator<Value, void, undefined> {
    return iterateAsync(this);
  }

  is(other: Ref): boolean {
    return addressOf(this) === addressOf(other);
  }

  isInstance(cls: Ref): boolean {
    return withGil(() => checkStatus(c.PyObject_IsInstance(addressOf(this), addressOf(cls))) === 1);
  }

  toJs({ depth = Infinity }: { depth?: number } = {}): unknown {
    return withGil(() => deepToJs(addressOf(this), depth));
  }

  view(): ArrayView {
    return withGil(() => viewOf(addressOf(this)));
  }

  op(operator: UnaryOperator & BinaryOperator, ...other: Convertible[]): Value {
    return withGil(() =>
      newToJs(
        other.length === 0
          ? unaryOperation(operator, this)
          : binaryOperation(this, operator, other[0]),
      )
    );
  }

  equals(other: Convertible): boolean {
    return withGil(() =>
      withConverted(
        other,
        (o) => checkStatus(c.PyObject_RichCompareBool(addressOf(this), o, 2)) === 1,
      )
    );
  }

  hash(): number | bigint {
    return withGil(() => {
      const hash = c.PyObject_Hash(addressOf(this));
      if (hash === -1n) checkStatus(hash); // every other negative number is a hash
      return Number.isSafeInteger(Number(hash)) ? Number(hash) : hash;
    });
  }

  with(body: (value: Value) => unknown): unknown {
    return within(this, body);
  }

  asyncWith<R>(body: (value: Value) => R | Promise<R>): Promise<R | undefined> {
    return withinAsync(this, body);
  }

  override toString(): string {
    return withGil(() => text(c.PyObject_Str(addressOf(this))));
  }

  [Symbol.toPrimitive](hint: "string" | "number" | "default"): string | number | bigint | boolean {
    if (hint === "string") return this.toString();
    const value = this.toJs({ depth: 0 });
    return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean"
      ? value
      : this.toString();
  }

  toJSON(): unknown {
    const value = this.toJs();
    if (!(value instanceof PyObject)) return value;
    const type = (this.attr("__class__") as Typed).attr("__qualname__");
    throw new TypeError(
      `Cannot write JSON: it needs an object with a JS value, found a Python ${type}. Convert it ` +
        'first, for example with String(x), x.method("isoformat") or x.method("tolist").',
    );
  }

  /** What Deno's Jupyter kernel shows. It shows nothing at all where this throws. */
  [Symbol.for("Jupyter.display")](): MimeBundle {
    try {
      return mimeBundle(this);
    } catch {
      return { "text/plain": Deno.inspect(this) }; // the object has been released, for example
    }
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
} as PyObjectConstructor;

wrapWith((address) => new PyObject(address));

function text(address: bigint): string {
  check(address);
  try {
    return textToJs(address);
  } finally {
    c.Py_DecRef(address);
  }
}
