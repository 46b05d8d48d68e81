/**
 * Python's types as TypeScript types, which `deno task stubs` writes: what {@linkcode PyObject} takes
 * as the description of an object. Types only.
 */
import type { About, Anything, Dtype, Elements, Instance, Signature, type } from "./description.ts";
import type { Scalar } from "./scalars.ts";
import type { In, Js, JsFunction, PyObject } from "./types.ts";

export type {
  About,
  Anything,
  Awaits,
  Data,
  Dtype,
  Each,
  Elements,
  Enters,
  Float,
  Instance,
  Member,
  ModuleName,
  Name,
  Returned,
  Signature,
  Slice,
  type,
} from "./description.ts";
export type { ArgumentsOf, In, Item, Js, JsFunction, Key, Out, Result } from "./types.ts";

/** An instance of a class that is not described: any attribute is allowed. */
export interface External<Name extends string, Bases extends string = never>
  extends Instance<Name, { open: true; bases: Bases }> {}

/** An object that only has to behave in some way (`typing.Protocol`). */
export interface Protocol<More extends About = About> {
  /** What it says beside attributes. */
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
  /** The name of the member. */
  readonly name: Key;
  /** Its value. */
  readonly value: Of;
}

/** `list[T]` */
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

/** `dict[K, V]` */
export interface Dict<K, V> extends Instance<Mapped | "dict", Keyed<K, V>> {}

/** `collections.abc.Mapping[K, V]` */
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

/** `set[T]` */
export interface Set<T> extends Instance<"set" | Gathered, Grouped<T>> {}

/** `frozenset[T]` */
export interface FrozenSet<T> extends Instance<"frozenset" | Gathered, Grouped<T>> {}

/** `collections.abc.Set[T]` */
export interface AbstractSet<T> extends Instance<Gathered, Grouped<T>> {}

/** `collections.abc.Sequence[T]` */
export interface Sequence<T> extends Instance<Sequential, Sized<T> & { from: readonly In<T>[] }> {}

/** `collections.abc.Collection[T]` */
export interface Collection<T> extends Instance<"Collection" | "Iterable", Listed<T>> {}

/** `collections.abc.Iterable[T]` */
export interface Iterable<T> extends Instance<"Iterable", Listed<T>> {}

/** `collections.abc.Iterator[T]` */
export interface Iterator<T> extends Instance<"Iterator" | "Iterable", { each: T }> {}

/** `collections.abc.AsyncIterable[T]` */
export interface AsyncIterable<T> extends Instance<"AsyncIterable", { each: T }> {}

/** `collections.abc.AsyncIterator[T]` */
export interface AsyncIterator<T>
  extends Instance<"AsyncIterator" | "AsyncIterable", { each: T }> {}

/** What an `async def` returns. */
export interface Awaitable<T> extends Instance<"Awaitable", { awaits: T }> {}

/** What `with` and `asyncWith` give `T` for. */
export interface ContextManager<T> extends Instance<"ContextManager", { enters: T }> {}

/** What `asyncWith` gives `T` for. */
export interface AsyncContextManager<T> extends Instance<"AsyncContextManager", { enters: T }> {}

/** `numpy.ndarray`. JS may pass a typed array, but a `Uint8Array` becomes bytes: use `python.array`. */
export interface NDArray<D extends Dtype = Dtype> extends
  Instance<
    "numpy.ndarray",
    { open: true; data: Elements[D]; from: Elements[Exclude<D, "bool" | "uint8" | "bfloat16">] }
  > {
  /** Elements along each axis. */
  readonly shape: Tuple<number[]>;
}

/** `torch.Tensor` */
export interface Tensor<D extends Dtype = Dtype>
  extends Instance<"torch.Tensor", { open: true; data: Elements[D] }> {
  /** Elements along each axis. */
  readonly shape: Tuple<number[]>;
}

/**
 * The description of what JS passes, where it is an array, a number, or an object of Python's.
 *
 * @internal
 */
export type Of<V> = V extends PyObject<infer T> ? T
  : V extends number | bigint ? number
  : V extends string ? string
  : V extends Scalar ? V
  : V extends ArrayBufferView ? NDArray<DtypeOf<V>>
  : unknown;

/**
 * The dtype of the ndarray over a typed array.
 *
 * @internal
 */
export type DtypeOf<V extends ArrayBufferView> = V extends Uint8Array | Uint8ClampedArray ? "uint8"
  : {
    [D in Exclude<Dtype, "bool" | "bfloat16">]: V extends { [Symbol.toStringTag]: Tag<D> } ? D
      : never;
  }[Exclude<Dtype, "bool" | "bfloat16">];

/**
 * What tells typed arrays apart.
 *
 * @internal
 */
type Tag<D extends Dtype> = Elements[D][typeof Symbol.toStringTag];

/**
 * Bases of sequences.
 *
 * @internal
 */
type Sequential = "Sequence" | "Collection" | "Iterable";
/**
 * Bases of mappings.
 *
 * @internal
 */
type Mapped = "Mapping" | "Collection" | "Iterable";
/**
 * Bases of sets.
 *
 * @internal
 */
type Gathered = "Set" | "Collection" | "Iterable";

/**
 * What sequences of any length say.
 *
 * @internal
 */
interface Sized<T> {
  each: T;
  get: [number, T];
}

/**
 * What tuples say.
 *
 * @internal
 */
interface Positioned<T extends readonly unknown[]> {
  js: { -readonly [At in keyof T]: Js<T[At]> };
  each: T[number];
  get: [number, T[number]];
  fields: T;
}

/**
 * What is made of a list or a set.
 *
 * @internal
 */
interface Listed<T> {
  each: T;
  from: readonly In<T>[] | ReadonlySet<In<T>>;
}

/**
 * What sets say.
 *
 * @internal
 */
interface Grouped<T> {
  js: globalThis.Set<Js<T>>;
  each: T;
  from: ReadonlySet<In<T>>;
}

/**
 * What mappings say.
 *
 * @internal
 */
interface Keyed<K, V> {
  js: [K] extends [string] ? { [Key in K]: Js<V> } : Map<Js<K>, Js<V>>;
  from:
    | ReadonlyMap<In<K>, In<V>>
    | ([K] extends [string] ? { readonly [Key in K]: In<V> } : never);
  each: K;
  get: [K, V];
}
