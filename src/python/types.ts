/**
 * The type of a Python object in JS, and what follows from its description: which arguments it takes
 * and which values come back. Types only: they refer to each other, and every file that wraps or
 * converts objects depends on them.
 */
import type { ArrayView } from "./array_view.ts";
import type {
  Anything,
  Awaits,
  CallOf,
  Data,
  Each,
  Empty,
  Enters,
  Float,
  Get,
  Instance,
  Member,
  Name,
  Returned,
  Says,
  Signature,
  Slice,
  type,
} from "./description.ts";
import type { Arguments, Keywords } from "./keywords.ts";
import type { BinaryOperator, UnaryOperator } from "./operators.ts";
import type { Ref } from "./ref.ts";
import type { Scalar } from "./scalars.ts";
import type { Convertible } from "./to_python.ts";

/**
 * A Python object: it owns one reference to it, see {@linkcode Ref}. Every method throws what Python
 * raised as a PythonError. The class is in object.ts.
 *
 * `T` describes the object, in the types of typed.ts; `deno task stubs` writes it. Names, arguments and
 * results are then checked by `deno check`. Where nothing is known of the object, nothing is checked.
 *
 * @internal
 */
export interface PyObject<out T = unknown> extends Ref<T> {
  /** `self.name` */
  attr<U, N extends Name<U>>(this: PyObject<U>, name: N): Out<Member<U, N>>;

  /** `self.name = value` */
  setAttr<U, N extends Name<U>>(this: PyObject<U>, name: N, value: In<Member<U, N>>): void;

  /** `hasattr(self, name)` */
  has(name: string): boolean;

  /** `self[key]` */
  item<U, K extends Key<U>>(this: PyObject<U>, key: K): Item<U, K>;

  /** `self[key] = value` */
  setItem(key: Convertible, value: Convertible): void;

  /** `del self[key]` */
  delItem(key: Convertible): void;

  /** `value in self` */
  contains(value: Convertible): boolean;

  /** `len(self)` */
  readonly length: number;

  /** `self(...args)`; keyword arguments are a last `kw({...})`. */
  call<U>(this: PyObject<U>, ...args: ArgumentsOf<U>): Result<U>;

  /** `self.name(...args)` */
  method<U, N extends Name<U>>(
    this: PyObject<U>,
    name: N,
    ...args: ArgumentsOf<Member<U, N>>
  ): Result<Member<U, N>>;

  /** Iterates as Python does. Leaving the loop early closes a generator, as in JS. */
  [Symbol.iterator](): Generator<Out<Each<T>>, void, undefined>;

  /** Iterates an async iterable. Leaving the loop early closes an async generator. */
  [Symbol.asyncIterator](): AsyncGenerator<Out<Each<T>>, void, undefined>;

  /** Whether both are the same Python object. */
  is(other: PyObject): boolean;

  /** `isinstance(self, cls)` */
  isInstance(cls: PyObject): boolean;

  /**
   * Deep conversion: list and tuple to Array, set and frozenset to Set, dict to a plain object when
   * all its keys are strings, else to Map; subclasses of scalars and numpy scalars to their value;
   * what has no JS value stays a Python object, as do containers more than `depth` levels down.
   */
  toJs<U>(this: PyObject<U>): Js<U>;
  toJs(options: { depth?: number }): unknown;

  /** The object's memory as a typed array, without a copy. See {@linkcode ArrayView}. */
  view<U>(this: PyObject<U>): ArrayView<Data<U>>;

  /** A unary operator: `x.op("-")` is `-x`. */
  op(operator: UnaryOperator): Value;
  /**
   * A binary operator: `x.op("+", 1)` is `x + 1`. Comparisons give what Python gives, for arrays an
   * array. One in place, `x.op("+=", 1)`, gives what Python would assign to x.
   */
  op(operator: BinaryOperator, other: Convertible): Value;

  /** `bool(self == other)` */
  equals(other: Convertible): boolean;

  /** `hash(self)` */
  hash(): number | bigint;

  /**
   * Runs `body` inside this context manager. The value of `__enter__` is its argument; an error is
   * passed to `__exit__`, and where that suppresses it the result is undefined. A body that returns a
   * promise is inside until the promise is settled.
   */
  with<R, U>(
    this: PyObject<U>,
    body: (value: Out<Enters<U>>) => Promise<R>,
  ): Promise<R | undefined>;
  with<R, U>(this: PyObject<U>, body: (value: Out<Enters<U>>) => R): R | undefined;

  /** The same for an asynchronous context manager, by `__aenter__` and `__aexit__`. */
  asyncWith<R, U>(
    this: PyObject<U>,
    body: (value: Out<Enters<U>>) => R | Promise<R>,
  ): Promise<R | undefined>;

  /** `str(self)` */
  toString(): string;

  /**
   * In arithmetic and comparisons a number of Python's (numpy's scalars, floats that are objects) is
   * its value; anything else, and everything in template strings, is `str(self)`.
   */
  [Symbol.toPrimitive](hint: "string" | "number" | "default"): string | number | bigint | boolean;

  /** What `JSON.stringify` writes: the value of `toJs()`. Throws where there is none. */
  toJSON(): unknown;
}

/** What a call returns: a JS value for exact scalars, else the object itself, wrapped. */
export type Value = Scalar | PyObject;

/**
 * What arrives in JS: a scalar as its value (an int beyond 2 ** 53 as a BigInt all the same).
 *
 * @internal
 */
export type Out<T> = unknown extends T ? Value : Extract<T, Scalar> | Wrapped<Objects<T>>;

/**
 * What `toJs()` gives.
 *
 * @internal
 */
export type Js<T> = unknown extends T ? unknown
  :
    | Extract<T, Scalar | undefined>
    | (T extends { readonly [type]: { readonly js: infer Converted } } ? Converted : never)
    | Wrapped<Exclude<Objects<T>, { readonly [type]: { readonly js: unknown } }>>;

/**
 * What may be passed.
 *
 * @internal
 */
export type In<T> = unknown extends T ? Convertible
  :
    | (T extends Scalar ? ScalarIn<T> : Says<T, "from">)
    | Wrapped<Nominal<Objects<T>>>;

type ScalarIn<T extends Scalar> = T extends number
  ? (number extends T ? number | bigint | PyObject<Float> : T)
  : T extends null ? null | undefined
  : T extends Uint8Array ? Uint8Array
  : T;

type Objects<T> = Exclude<T, Scalar | undefined>;

/** One object that may be of several types, not several types of objects: it can then be used as it is. */
type Wrapped<T> = [T] extends [never] ? never : PyObject<T>;

/** Any instance of the class will do. */
type Nominal<T> = T extends { readonly [type]: { readonly from: unknown } } ? T
  : T extends { readonly [type]: { readonly names: infer Names } } ? Instance<ClassName<Names>>
  : never;

type ClassName<Names> =
  & { [N in keyof Names]: boolean extends Names[N] ? N : never }[keyof Names]
  & string;

/** What `item` takes. */
export type Key<T> = T extends { readonly [type]: { readonly get: readonly [infer K, unknown] } }
  ? In<K> | PyObject<Slice>
  : T extends { readonly [type]: { readonly fields: infer F } } ? keyof F & string
  : Convertible;

/** What `item` gives for a key. */
export type Item<T, K> = K extends PyObject<Slice> ? PyObject<T>
  : T extends { readonly [type]: { readonly fields: infer F } } ? Out<Field<F, K>>
  : T extends { readonly [type]: { readonly get: readonly [unknown, infer V] } } ? Out<V>
  : Value;

type Field<F, K> = F extends readonly (infer Any)[]
  ? K extends number ? `${K}` extends keyof F ? F[K & keyof F] : Any : Any
  : Exclude<F[K & keyof F], undefined>;

/**
 * What a call gives.
 *
 * @internal
 */
export type Result<T> = Out<Returned<T>>;

/**
 * What a call takes: the positional arguments, and in a last `kw({...})` the others. The parameters
 * named by `Taken` are left out: the bridge passes them.
 *
 * @internal
 */
export type ArgumentsOf<T, Taken = never> = CallOf<T> extends infer S
  ? S extends Anything ? Arguments
  : S extends Signature ? Positional<Get<S, "only", []>, S, Taken, []>
  : never
  : never;

/** After the positional-only parameters come those that can also be named. */
type Positional<Only, S, Taken, Given extends unknown[]> = Only extends readonly []
  ? Named<Get<S, "order", []>, S, Taken, Given>
  : Only extends readonly [infer First, ...infer More]
    ? Positional<More, S, Taken, [...Given, In<First>]>
  : Only extends readonly [(infer First)?, ...infer More] ?
      | Last<Get<S, "params", Empty>, Taken, Given>
      | Positional<More, S, Taken, [...Given, In<First>]>
  : never;

/** Any number of them may be given by position, the rest by name. */
type Named<Order, S, Taken, Given extends unknown[]> =
  | Last<Get<S, "params", Empty>, Taken, Given>
  | (Order extends readonly [infer N, ...infer More]
    ? Named<More, S, Taken | N, [...Given, In<Member<Get<S, "params", Empty>, N>>]>
    : S extends { readonly rest: infer R }
      ? Last<Get<S, "params", Empty>, Taken, [...Given, ...In<R>[]]>
    : never);

type Last<P, Taken, Given extends unknown[]> = Left<P, Taken> extends infer V
  ? keyof V extends never ? Readonly<Given>
  : Empty extends V ? Readonly<Given> | readonly [...Given, Keywords<V, keyof V>]
  : readonly [...Given, Keywords<V, keyof V>]
  : never;

type Left<P, Taken> = { readonly [N in keyof P as N extends Taken ? never : N]: In<P[N]> };

/** A JS function that Python may call for a `Callable`. */
export type JsFunction<S> = S extends { readonly only: infer Only extends readonly unknown[] }
  ? (...args: { [At in keyof Only]: Out<Only[At]> }) => Answer<Get<S, "returns", unknown>>
  : S extends { readonly rest: unknown } | { readonly order: unknown }
    ? (...args: never[]) => Answer<Get<S, "returns", unknown>>
  : () => Answer<Get<S, "returns", unknown>>;

/** Where Python expects None, it does not matter what JS returns; where it awaits, an async function will do. */
type Answer<R> = null extends R ? unknown
  : [Says<R, "awaits">] extends [never] ? In<R>
  : In<R> | Promise<In<Awaits<R>>>;
