/** The object behind a proxy. */
import { kw, type PyObject as Reference, unconverted } from "../python/mod.ts";
import { type PythonConvertible, toBridge, toObject } from "./convert.ts";
import { guard } from "./error.ts";
import { NamedArgument } from "./named_argument.ts";
import { type Dynamic, ProxiedPyObject, type PythonProxy, wrapWith } from "./proxied.ts";
import { proxyOf } from "./proxy.ts";
import { python } from "./start.ts";
import { toArray, toMap, toSet, valueOf } from "./values.ts";

const { builtins } = python;
const operator = python.import("operator");

/**
 * A Python object, with methods instead of the properties of its {@linkcode PyObject.proxy}. It owns
 * one reference, which is given back when JS has forgotten it, or at once at the end of `using`.
 */
export class PyObject implements PythonProxy, Disposable {
  #proxy: Dynamic;

  /** Wraps an object of `clusterfit/python`, where {@linkcode PyObject.reference} leads back. */
  constructor(readonly reference: Reference) {}

  /** The Python object for a JS value; a proxy gives the object behind it. */
  static from(value: PythonConvertible): PyObject {
    return toObject(value);
  }

  get [ProxiedPyObject](): PyObject {
    return this;
  }

  /** The address of the object, which stays its own while something holds it. */
  get handle(): Deno.PointerValue {
    return Deno.UnsafePointer.create(BigInt(builtins.method("id", this.reference) as number));
  }

  /** The object itself: every PyObject owns its reference. */
  get owned(): PyObject {
    return this;
  }

  /** Whether it is None. */
  get isNone(): boolean {
    return unconverted.scalar(this.reference) === null;
  }

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
  get proxy(): Dynamic {
    return this.#proxy ??= proxyOf(this);
  }

  /** `isinstance(self, cls)` */
  isInstance(cls: PythonConvertible): boolean {
    return guard(() => this.reference.isInstance(toObject(cls).reference));
  }

  /** `self == other` */
  equals(other: PythonConvertible): boolean {
    return guard(() => {
      const result = operator.method("eq", this.reference, toBridge(other));
      return typeof result === "boolean" ? result : builtins.method("bool", result) as boolean;
    });
  }

  /** `self.name`, or undefined where there is no such attribute. */
  maybeGetAttr(name: string): PyObject | undefined {
    const found = guard(() => unconverted.attr(this.reference, name));
    return found && new PyObject(found);
  }

  /** `self.name` */
  getAttr(name: string): PyObject {
    const found = this.maybeGetAttr(name);
    if (found !== undefined) return found;
    using type = builtins.method("type", this.reference) as Reference;
    throw new Error(`Attribute '${name}' not found: ${type} has none of that name.`);
  }

  /** `self.name = value` */
  setAttr(name: string, value: PythonConvertible): void {
    guard(() => this.reference.setAttr(name, toBridge(value)));
  }

  /** `hasattr(self, name)` */
  hasAttr(name: string): boolean {
    using found = this.maybeGetAttr(name);
    return found !== undefined;
  }

  /** `self(*positional, **named)`; named arguments may also stand among the positional ones. */
  call(
    positional: readonly (PythonConvertible | NamedArgument)[] = [],
    named: Readonly<Record<string, PythonConvertible>> = {},
  ): PyObject {
    const args: PythonConvertible[] = [];
    const keywords = Object.entries(named);
    for (const argument of positional) {
      if (argument instanceof NamedArgument) keywords.push([argument.name, argument.value]);
      else args.push(argument);
    }
    return guard(() => {
      const given = keywords.map(([name, value]) => [name, toBridge(value)]);
      const last = given.length > 0 ? [kw(Object.fromEntries(given))] : [];
      return new PyObject(unconverted.call(this.reference, [...args.map(toBridge), ...last]));
    });
  }

  /** `bool(self)` */
  asBoolean(): boolean {
    return guard(() => builtins.method("bool", this.reference) as boolean);
  }

  /** `int(self)`; use `valueOf()` for one that is no safe integer. */
  asLong(): number {
    const value = guard(() => builtins.method("int", this.reference) as number | bigint);
    if (typeof value === "number") return value;
    throw new RangeError(`asLong() gives a number, and ${value} does not fit: use valueOf().`);
  }

  /** `float(self)` */
  asDouble(): number {
    return guard(() => builtins.method("float", this.reference) as number);
  }

  /** The text of a `str`; null if it is none. */
  asString(): string | null {
    const text = guard(() => this.reference.toJs({ depth: 0 }));
    return typeof text === "string" ? text : null;
  }

  /** The values of the items. */
  asArray(): Dynamic[] {
    return guard(() => toArray(this.reference));
  }

  /** The values of the items of a tuple. */
  asTuple(): Dynamic[] {
    return this.asArray();
  }

  /** The values of the items, each once. */
  asSet(): Set<Dynamic> {
    return guard(() => toSet(this.reference));
  }

  /** The keys and values of a dict. */
  asDict(): Map<Dynamic, Dynamic> {
    return guard(() => toMap(this.reference));
  }

  /**
   * The JS value: of None null, of an int a number or a BigInt, of a float, a bool or a str what you
   * expect, of bytes a Uint8Array, of a list or tuple an Array, of a dict a Map, of a set a Set, with
   * the values of what is in it. Anything else, subclasses included, is a proxy.
   */
  valueOf(): Dynamic {
    return guard(() => valueOf(this));
  }

  /** `str(self)` */
  toString(): string {
    return guard(() => this.reference.toString());
  }

  /** What operators see: a number for Python's numbers, numpy's included, else `str(self)`. */
  [Symbol.toPrimitive](hint: string): Dynamic {
    if (hint === "string") return this.toString();
    const value = guard(() => this.reference.toJs({ depth: 0 }));
    return typeof value === "object" && value !== null ? this.toString() : value;
  }

  /** The items, one by one. Leaving the loop early closes a generator. */
  *[Symbol.iterator](): Generator<PyObject, void, undefined> {
    const items = unconverted.iterate(this.reference);
    try {
      for (let next = guard(() => items.next()); !next.done; next = guard(() => items.next())) {
        yield new PyObject(next.value);
      }
    } finally {
      guard(() => items.return());
    }
  }

  /** Gives the reference back at once. */
  [Symbol.dispose](): void {
    this.reference[Symbol.dispose]();
  }

  [Symbol.for("Deno.customInspect")](): string {
    return this.#inspect();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.#inspect();
  }

  #inspect(): string {
    try {
      return this.toString();
    } catch (error) {
      return `<${(error as Error).message.split("\n")[0]}>`;
    }
  }
}

wrapWith((reference) => new PyObject(reference));
