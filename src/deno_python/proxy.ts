/** Python objects as JS objects: what calling them and using their properties means. */
import {
  type Convertible,
  type PyObject as Reference,
  PythonError,
  unconverted,
} from "../python/mod.ts";
import { toBridge } from "./convert.ts";
import { guard } from "./error.ts";
import { wrap } from "./proxied.ts";
import { parseKey } from "./slice.ts";
import { python } from "./start.ts";
import type { Dynamic, PyObject, PythonConvertible } from "./types.ts";

const { builtins } = python;
const dict = builtins.attr("dict") as Reference;
const lookupError = builtins.attr("LookupError") as Reference;

const inspectors = ["Deno.customInspect", "nodejs.util.inspect.custom"].map(Symbol.for);

/** The proxy of an object. */
export function proxyOf(object: PyObject): Dynamic {
  // Only a function can be called and constructed. A bound one has no non-configurable property, which a
  // proxy would have to report. The console inspects the target, not the proxy.
  const target = function () {}.bind(undefined);
  for (const inspect of inspectors) {
    Object.defineProperty(target, inspect, {
      value: () => Reflect.apply(Reflect.get(object, inspect), object, []),
      configurable: true,
    });
  }
  return new Proxy(target, new Handler(object));
}

/** Properties of functions that a proxy has where Python has none of that name. */
const functionProperties: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["call", Function.prototype.call],
  ["apply", Function.prototype.apply],
  ["bind", Function.prototype.bind],
  ["prototype", Object.prototype], // so that a JS class can extend a Python one
]);

class Handler implements ProxyHandler<() => void> {
  readonly #object: PyObject;
  readonly #reference: Reference;

  constructor(object: PyObject) {
    this.#object = object;
    this.#reference = object.reference;
  }

  apply(_target: unknown, _this: unknown, args: PythonConvertible[]): Dynamic {
    return this.#object.call(args).proxy;
  }

  construct(_target: unknown, args: PythonConvertible[]): Dynamic {
    return this.#object.call(args).proxy;
  }

  get(_target: unknown, name: string | symbol): Dynamic {
    if (typeof name === "symbol") return this.#own(name);
    return guard(() => {
      const found = this.#index(name) ?? unconverted.attr(this.#reference, name);
      if (found !== undefined) return wrap(found).proxy;
      if (name === "toString" || name === "valueOf") return this.#own(name);
      const key = this.#dictKey(name);
      if (key !== undefined) return wrap(unconverted.item(this.#reference, key)).proxy;
      return functionProperties.get(name);
    });
  }

  set(_target: unknown, name: string | symbol, value: PythonConvertible): boolean {
    if (typeof name === "symbol") return false;
    guard(() => {
      const key = this.#keyToWrite(name);
      if (key === undefined) this.#reference.setAttr(name, toBridge(value));
      else this.#reference.setItem(key, toBridge(value));
    });
    return true;
  }

  deleteProperty(_target: unknown, name: string | symbol): boolean {
    if (typeof name === "symbol" || !this.has(_target, name)) return true;
    guard(() => {
      const key = this.#keyToWrite(name);
      if (key === undefined) builtins.method("delattr", this.#reference, name);
      else this.#reference.delItem(key);
    });
    return true;
  }

  has(_target: unknown, name: string | symbol): boolean {
    if (typeof name === "symbol") return name in this.#object;
    return guard(() =>
      name === "toString" || name === "valueOf" || this.#object.hasAttr(name) ||
      this.#dictKey(name) !== undefined || this.#index(name) !== undefined
    );
  }

  /** A JS member of the object itself. */
  #own(name: string | symbol): unknown {
    const member: unknown = Reflect.get(this.#object, name);
    return typeof member === "function" ? member.bind(this.#object) : member;
  }

  get #isDict(): boolean {
    return this.#reference.isInstance(dict);
  }

  /** The key that a name means where Python objects are indexed, dicts apart: `list[0]`. */
  #key(name: string): Convertible | undefined {
    const key = parseKey(name);
    if (key === undefined || this.#isDict) return undefined;
    using type = builtins.method("type", this.#reference) as Reference;
    return type.has("__getitem__") ? key : undefined;
  }

  /** What is at an index or a slice, if the name is one; there may be nothing at an index. */
  #index(name: string): Reference | undefined {
    const key = this.#key(name);
    if (key === undefined) return undefined;
    try {
      return unconverted.item(this.#reference, key);
    } catch (error) {
      const missing = typeof key === "bigint" && error instanceof PythonError &&
        error.value.isInstance(lookupError);
      if (missing) return undefined;
      throw error;
    }
  }

  /** The key of a dict that a name means: JS has no other names than strings. */
  #dictKey(name: string): Convertible | undefined {
    if (!this.#isDict) return undefined;
    if (this.#reference.contains(name)) return name;
    const key = parseKey(name);
    return typeof key === "bigint" && this.#reference.contains(key) ? key : undefined;
  }

  /** The key to write to, or undefined for an attribute. */
  #keyToWrite(name: string): Convertible | undefined {
    if (!this.#isDict) return this.#key(name);
    return this.#object.hasAttr(name) ? undefined : this.#dictKey(name) ?? name;
  }
}
