/** What follows from a description: names, arguments and results, going in and coming out. Types only. */
import type { Arguments, Keywords } from "./call.ts";
import type { TypedArray } from "./dtype.ts";
import type { PyObject } from "./object.ts";
import type { Scalar } from "./scalars.ts";
import type { Value } from "./to_js.ts";
import type { Convertible } from "./to_python.ts";
import type {
  About,
  Anything,
  Dtype,
  Elements,
  Instance,
  NDArray,
  Signature,
  type,
} from "./typed.ts";

/** What is said of `T` under the given name, or never. */
type Says<T, What extends keyof About> = T extends
  { readonly [type]: { readonly [W in What]: infer Said } } ? Said : never;

/** Names of attributes. */
export type Name<T> = unknown extends T ? string
  : Says<T, "open"> extends never ? keyof T & string
  : string;

/** Python's type of an attribute. */
export type Member<T, N> = N extends keyof T ? T[N] : unknown;

/** What arrives in JS: a scalar as its value (an int beyond 2 ** 53 as a BigInt all the same). */
export type Out<T> = unknown extends T ? Value : Extract<T, Scalar> | Wrapped<Objects<T>>;

/** What `toJs()` gives. */
export type Js<T> = unknown extends T ? unknown
  :
    | Extract<T, Scalar | undefined>
    | (T extends { readonly [type]: { readonly js: infer Converted } } ? Converted : never)
    | Wrapped<Exclude<Objects<T>, { readonly [type]: { readonly js: unknown } }>>;

/** What may be passed. */
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

/** A Python float or int that is an object in JS, such as `python.float(3)`. */
export type Float = Instance<"float">;

/** `slice(...)` */
export type Slice = Instance<"slice">;

/** What iterating gives. */
export type Each<T> = [Says<T, "each">] extends [never] ? unknown : Says<T, "each">;

/** What awaiting gives. */
export type Awaits<T> = [Says<T, "awaits">] extends [never] ? unknown : Says<T, "awaits">;

/** What being inside a context manager gives. */
export type Enters<T> = [Says<T, "enters">] extends [never] ? unknown : Says<T, "enters">;

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

/** What `view()` shows. */
export type Data<T> = [Says<T, "data">] extends [never] ? TypedArray
  : Says<T, "data"> & TypedArray;

/** The name of a module. */
export type ModuleName<T> = [Says<T, "module">] extends [never] ? string : Says<T, "module">;

/** Python's type of what a call returns. */
export type Returned<T> = CallOf<T> extends { readonly returns: infer R } ? R : unknown;

/** What a call gives. */
export type Result<T> = Out<Returned<T>>;

/**
 * What a call takes: the positional arguments, and in a last `kw({...})` the others. The parameters
 * named by `Taken` are given by somebody else.
 */
export type ArgumentsOf<T, Taken = never> = CallOf<T> extends infer S
  ? S extends Anything ? Arguments
  : S extends Signature ? Positional<Get<S, "only", []>, S, Taken, []>
  : never
  : never;

type CallOf<T> = unknown extends T ? Anything
  : [Says<T, "call">] extends [never] ? ([Says<T, "open">] extends [never] ? never : Anything)
  : Says<T, "call">;

type Get<S, K extends keyof Signature, Default> = S extends { readonly [Key in K]: infer Found }
  ? Found
  : Default;

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

// deno-lint-ignore ban-types -- the type of an object of which nothing is required
type Empty = {};

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

/** The description of what JS passes, where it is an array, a number, or an object of Python's. */
export type Of<V> = V extends PyObject<infer T> ? T
  : V extends number | bigint ? number
  : V extends string ? string
  : V extends Scalar ? V
  : V extends ArrayBufferView ? NDArray<DtypeOf<V>>
  : unknown;

/** The dtype of the ndarray over a typed array. */
export type DtypeOf<V extends ArrayBufferView> = V extends Uint8Array | Uint8ClampedArray ? "uint8"
  : {
    [D in Exclude<Dtype, "bool" | "bfloat16">]: V extends { [Symbol.toStringTag]: Tag<D> } ? D
      : never;
  }[Exclude<Dtype, "bool" | "bfloat16">];

type Tag<D extends Dtype> = Elements[D][typeof Symbol.toStringTag];
