/** The class of the objects behind proxies. */
import { kw, type PyObject as Reference, unconverted } from "../python/mod.ts";
import { toBridge, toObject } from "./convert.ts";
import { guard } from "./error.ts";
import { NamedArgument } from "./named_argument.ts";
import { wrapWith } from "./proxied.ts";
import { proxyOf } from "./proxy.ts";
import { python } from "./start.ts";
import {
  type Dynamic,
  ProxiedPyObject,
  type PyObject as Interface,
  type PythonConvertible,
} from "./types.ts";
import { toArray, toMap, toSet, valueOf } from "./values.ts";

const { builtins } = python;
const operator = python.import("operator");

/** A Python object; see the interface in types.ts. */
export type PyObject = Interface;

/**
 * What the class can do beside its instances' methods.
 *
 * @internal
 */
export interface PyObjectConstructor {
  /** Wraps an object of `clusterfit/python`; {@linkcode PyObject.reference} is that object. */
  new (reference: Reference): PyObject;
  readonly prototype: PyObject;

  /** The Python object for a JS value; a proxy gives the object behind it. */
  from(value: PythonConvertible): PyObject;
}

/** A Python object; see the interface in types.ts. */
export const PyObject: PyObjectConstructor = class PyObject implements Interface {
  #proxy: Dynamic;

  /** Wraps an object of `clusterfit/python`. */
  constructor(readonly reference: Reference) {}

  /** The Python object for a JS value; a proxy gives the object behind it. */
  static from(value: PythonConvertible): Interface {
    return toObject(value);
  }

  /** The object itself. */
  get [ProxiedPyObject](): PyObject {
    return this;
  }

  get handle(): Deno.PointerValue {
    return Deno.UnsafePointer.create(BigInt(builtins.method("id", this.reference) as number));
  }

  get owned(): PyObject {
    return this;
  }

  get isNone(): boolean {
    return unconverted.scalar(this.reference) === null;
  }

  get proxy(): Dynamic {
    return this.#proxy ??= proxyOf(this);
  }

  isInstance(cls: PythonConvertible): boolean {
    return guard(() => this.reference.isInstance(toObject(cls).reference));
  }

  equals(other: PythonConvertible): boolean {
    return guard(() => {
      const result = operator.method("eq", this.reference, toBridge(other));
      return typeof result === "boolean" ? result : builtins.method("bool", result) as boolean;
    });
  }

  maybeGetAttr(name: string): PyObject | undefined {
    const found = guard(() => unconverted.attr(this.reference, name));
    return found && new PyObject(found);
  }

  getAttr(name: string): PyObject {
    const found = this.maybeGetAttr(name);
    if (found !== undefined) return found;
    using type = builtins.method("type", this.reference) as Reference;
    // the first words are those of deno_python, which code may match
    throw new Error(`Attribute '${name}' not found: ${type} has none of that name.`);
  }

  setAttr(name: string, value: PythonConvertible): void {
    guard(() => this.reference.setAttr(name, toBridge(value)));
  }

  hasAttr(name: string): boolean {
    using found = this.maybeGetAttr(name);
    return found !== undefined;
  }

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

  asBoolean(): boolean {
    return guard(() => builtins.method("bool", this.reference) as boolean);
  }

  asLong(): number {
    const value = guard(() => builtins.method("int", this.reference) as number | bigint);
    if (typeof value === "number") return value;
    throw new RangeError(
      `Cannot convert by asLong(): it needs a safe integer, found ${value}. Use valueOf().`,
    );
  }

  asDouble(): number {
    return guard(() => builtins.method("float", this.reference) as number);
  }

  asString(): string | null {
    const text = guard(() => this.reference.toJs({ depth: 0 }));
    return typeof text === "string" ? text : null;
  }

  asArray(): Dynamic[] {
    return guard(() => toArray(this.reference));
  }

  asTuple(): Dynamic[] {
    return this.asArray();
  }

  asSet(): Set<Dynamic> {
    return guard(() => toSet(this.reference));
  }

  asDict(): Map<Dynamic, Dynamic> {
    return guard(() => toMap(this.reference));
  }

  valueOf(): Dynamic {
    return guard(() => valueOf(this));
  }

  toString(): string {
    return guard(() => this.reference.toString());
  }

  [Symbol.toPrimitive](hint: string): Dynamic {
    if (hint === "string") return this.toString();
    const value = guard(() => this.reference.toJs({ depth: 0 }));
    return typeof value === "object" && value !== null ? this.toString() : value;
  }

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

  /** What `using` calls: it releases the reference. */
  [Symbol.dispose](): void {
    this.reference[Symbol.dispose]();
  }

  /** What a notebook shows; see the object of `clusterfit/python`. */
  [Symbol.for("Jupyter.display")](): unknown {
    return Reflect.apply(
      Reflect.get(this.reference, Symbol.for("Jupyter.display")),
      this.reference,
      [],
    );
  }

  /** What Deno's console shows: `str(self)`. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.#inspect();
  }

  /** What Node's console shows: `str(self)`. */
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
};

wrapWith((reference) => new PyObject(reference));
