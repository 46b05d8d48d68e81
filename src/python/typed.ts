/**
 * Python's types in TypeScript's words, which `deno task stubs` writes. Types only.
 *
 * A description `T` of a Python object is an interface of its attributes; what else can be done with
 * the object (calling, iterating, converting) it says under {@linkcode type}. JS values describe the
 * scalars that arrive as such. `PyObject<T>` checks its calls by it; `PyObject` alone, of `unknown`,
 * checks nothing, and every `PyObject<T>` is one.
 */
import type { In, Js, JsFunction } from "./derived.ts";
import type { TypedArray } from "./dtype.ts";
import type { PyObject } from "./object.ts";

export type * from "./derived.ts";

/** What a description says beside attributes; see {@linkcode About}. */
export declare const type: unique symbol;

/** What can be done with an object, in the words that `PyObject`'s signatures are derived from. */
export interface About {
  /** Its class (`boolean`) and the bases of that (`true`): it may be passed where one is asked for. */
  readonly names?: object;
  /** The bases, where `names` is put together. */
  readonly bases?: string;
  /** Attributes that are not listed are allowed, and unchecked. */
  readonly open?: true;
  /** What `toJs()` makes of it; without this it stays the object. */
  readonly js?: unknown;
  /** What JS may pass for it, beside such an object. */
  readonly from?: unknown;
  readonly call?: Signature;
  /** What iterating it gives. */
  readonly each?: unknown;
  /** What awaiting it gives. */
  readonly awaits?: unknown;
  /** What being inside it gives. */
  readonly enters?: unknown;
  /** Keys of `item`, and what they give. */
  readonly get?: readonly [key: unknown, value: unknown];
  /** What `item` gives, key by key. */
  readonly fields?: unknown;
  /** What `view()` shows. */
  readonly data?: TypedArray;
  readonly module?: string;
}

/** Parameters and result of a callable. */
export interface Signature {
  /** The positional-only ones. */
  readonly only?: readonly unknown[];
  /** The names of those that can be given by position or by keyword. */
  readonly order?: readonly string[];
  /** All that have a name, in the order of Python. */
  readonly params?: object;
  /** Of `*args`. */
  readonly rest?: unknown;
  readonly returns?: unknown;
}

/** The signature of a callable of whose parameters Python says nothing. */
export interface Anything<R = unknown> extends Signature {
  readonly rest: unknown;
  readonly params: { readonly [name: string]: unknown };
  readonly returns: R;
}

/** An instance of the class of that qualified name. */
export interface Instance<Name extends string, More extends About = About> {
  readonly [type]: More & {
    readonly names:
      & { readonly [N in Name]: boolean }
      & { readonly [Base in BasesOf<More>]: true };
  };
}

type BasesOf<More> = More extends { readonly bases: infer Bases extends string } ? Bases : never;

/** An instance of a class that is not described: any attribute is allowed. */
export interface External<Name extends string, Bases extends string = never>
  extends Instance<Name, { open: true; bases: Bases }> {}

/** An object that only has to behave in some way (`typing.Protocol`). */
export interface Protocol<More extends About = About> {
  readonly [type]: More & { readonly from: PyObject };
}

/** A module; `Name` is what `python.import` takes. */
export interface Module<Name extends string> extends Instance<"module", { module: Name }> {}

/** A function, a method, or anything else that can only be called. */
export interface Callable<S extends Signature>
  extends Instance<"Callable", { call: S; from: JsFunction<S> | PyObject<Instance<"Callable">> }> {}

/** A class: calling it makes an `I`. */
export interface Class<I, S extends Signature = Anything>
  extends Instance<"type" | "Callable", { call: Omit<S, "returns"> & { returns: I } }> {}

/** A class that is not described. */
export interface ExternalClass<Name extends string, Bases extends string = never>
  extends Instance<"type" | "Callable", { open: true; call: Anything<External<Name, Bases>> }> {}

/** A member of an `Enum`. */
export interface Enum<Name extends string, Key extends string, Of, More extends About = About>
  extends Instance<Name, More> {
  readonly name: Key;
  readonly value: Of;
}

export interface List<T>
  extends Instance<Sequential | "list", Sized<T> & { js: Js<T>[]; from: readonly In<T>[] }> {}

/** `tuple[A, B]` is `Tuple<[A, B]>`, `tuple[A, ...]` is `Tuple<A[]>`. JS arrays are passed as lists. */
export interface Tuple<T extends readonly unknown[]> extends
  Instance<
    Sequential | "tuple",
    Positioned<T> & { from: { readonly [At in keyof T]: In<T[At]> } }
  > {}

/** A tuple with names, a class of its own. */
export interface NamedTuple<
  Name extends string,
  T extends readonly unknown[],
  Bases extends string = never,
> extends Instance<Name, Positioned<T> & { bases: Bases }> {}

export interface Dict<K, V> extends Instance<Mapped | "dict", Keyed<K, V>> {}

export interface Mapping<K, V> extends Instance<Mapped, Keyed<K, V>> {}

/** A dict of given keys: `F` says what each holds. */
export interface TypedDict<F> extends
  Instance<
    Mapped | "dict",
    {
      js: { -readonly [Key in keyof F]: Js<F[Key]> };
      from: { readonly [Key in keyof F]: In<F[Key]> };
      each: string;
      fields: F;
    }
  > {}

export interface Set<T> extends Instance<"set" | Gathered, Grouped<T>> {}

export interface FrozenSet<T> extends Instance<"frozenset" | Gathered, Grouped<T>> {}

export interface AbstractSet<T> extends Instance<Gathered, Grouped<T>> {}

export interface Sequence<T> extends Instance<Sequential, Sized<T> & { from: readonly In<T>[] }> {}

export interface Collection<T> extends Instance<"Collection" | "Iterable", Listed<T>> {}

export interface Iterable<T> extends Instance<"Iterable", Listed<T>> {}

export interface Iterator<T> extends Instance<"Iterator" | "Iterable", { each: T }> {}

export interface AsyncIterable<T> extends Instance<"AsyncIterable", { each: T }> {}

export interface AsyncIterator<T>
  extends Instance<"AsyncIterator" | "AsyncIterable", { each: T }> {}

/** What an `async def` returns. */
export interface Awaitable<T> extends Instance<"Awaitable", { awaits: T }> {}

/** What `with` and `asyncWith` give `T` for. */
export interface ContextManager<T> extends Instance<"ContextManager", { enters: T }> {}

export interface AsyncContextManager<T> extends Instance<"AsyncContextManager", { enters: T }> {}

/** The typed array that shows the elements of each dtype. */
export interface Elements {
  bool: Uint8Array<ArrayBuffer>;
  int8: Int8Array<ArrayBuffer>;
  uint8: Uint8Array<ArrayBuffer>;
  int16: Int16Array<ArrayBuffer>;
  uint16: Uint16Array<ArrayBuffer>;
  int32: Int32Array<ArrayBuffer>;
  uint32: Uint32Array<ArrayBuffer>;
  int64: BigInt64Array<ArrayBuffer>;
  uint64: BigUint64Array<ArrayBuffer>;
  float16: Float16Array<ArrayBuffer>;
  bfloat16: Uint16Array<ArrayBuffer>;
  float32: Float32Array<ArrayBuffer>;
  float64: Float64Array<ArrayBuffer>;
}

/** The element type of an array, by numpy's name; `keyof Elements` where it is not said. */
export type Dtype = keyof Elements;

/** `numpy.ndarray`. JS may pass a typed array, but a `Uint8Array` becomes bytes: use `python.array`. */
export interface NDArray<D extends Dtype = Dtype> extends
  Instance<
    "numpy.ndarray",
    { open: true; data: Elements[D]; from: Elements[Exclude<D, "bool" | "uint8" | "bfloat16">] }
  > {
  readonly shape: Tuple<number[]>;
}

/** `torch.Tensor` */
export interface Tensor<D extends Dtype = Dtype>
  extends Instance<"torch.Tensor", { open: true; data: Elements[D] }> {
  readonly shape: Tuple<number[]>;
}

type Sequential = "Sequence" | "Collection" | "Iterable";
type Mapped = "Mapping" | "Collection" | "Iterable";
type Gathered = "Set" | "Collection" | "Iterable";

interface Sized<T> {
  each: T;
  get: [number, T];
}

interface Positioned<T extends readonly unknown[]> {
  js: { -readonly [At in keyof T]: Js<T[At]> };
  each: T[number];
  get: [number, T[number]];
  fields: T;
}

interface Listed<T> {
  each: T;
  from: readonly In<T>[] | ReadonlySet<In<T>>;
}

interface Grouped<T> {
  js: globalThis.Set<Js<T>>;
  each: T;
  from: ReadonlySet<In<T>>;
}

interface Keyed<K, V> {
  js: [K] extends [string] ? { [Key in K]: Js<V> } : Map<Js<K>, Js<V>>;
  from:
    | ReadonlyMap<In<K>, In<V>>
    | ([K] extends [string] ? { readonly [Key in K]: In<V> } : never);
  each: K;
  get: [K, V];
}
