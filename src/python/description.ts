/**
 * Descriptions of Python objects, and what one says of an object. Types only.
 *
 * A description `T` of a Python object is an interface of its attributes; what else can be done with
 * the object (calling, iterating, converting) it says under {@linkcode type}. JS values describe the
 * scalars that are converted. `PyObject<T>` checks its calls by it; `PyObject` alone, of `unknown`,
 * checks nothing, and every `PyObject<T>` is one.
 */
import type { TypedArray } from "./dtype.ts";

/** What a description says beside attributes; see {@linkcode About}. */
export declare const type: unique symbol;

/** What can be done with an object, in the words that `PyObject`'s signatures are derived from. */
export interface About {
  /** Its class (`boolean`) and the bases of that (`true`): it may be passed where one is required. */
  readonly names?: object;
  /** The bases, where `names` is put together. */
  readonly bases?: string;
  /** Attributes that are not listed are allowed, and unchecked. */
  readonly open?: true;
  /** What `toJs()` makes of it; without this it stays the object. */
  readonly js?: unknown;
  /** What JS may pass for it, beside such an object. */
  readonly from?: unknown;
  /** What it takes and gives when it is called. */
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
  /** The name of a module. */
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
  /** What a call gives. */
  readonly returns?: unknown;
}

/** The signature of a callable of whose parameters Python says nothing. */
export interface Anything<R = unknown> extends Signature {
  /** Any positional arguments. */
  readonly rest: unknown;
  /** Any keyword arguments. */
  readonly params: { readonly [name: string]: unknown };
  /** What a call gives. */
  readonly returns: R;
}

/**
 * An instance of the class of that qualified name.
 *
 * @internal
 */
export interface Instance<Name extends string, More extends About = About> {
  /** Its class, and what else there is to say. */
  readonly [type]: More & {
    readonly names:
      & { readonly [N in Name]: boolean }
      & { readonly [Base in BasesOf<More>]: true };
  };
}

/**
 * Bases that a description names.
 *
 * @internal
 */
type BasesOf<More> = More extends { readonly bases: infer Bases extends string } ? Bases : never;

/** The typed array that shows the elements of each dtype. */
export interface Elements {
  /** `numpy.bool`: a byte each, 0 or 1. */
  bool: Uint8Array<ArrayBuffer>;
  /** `numpy.int8` */
  int8: Int8Array<ArrayBuffer>;
  /** `numpy.uint8` */
  uint8: Uint8Array<ArrayBuffer>;
  /** `numpy.int16` */
  int16: Int16Array<ArrayBuffer>;
  /** `numpy.uint16` */
  uint16: Uint16Array<ArrayBuffer>;
  /** `numpy.int32` */
  int32: Int32Array<ArrayBuffer>;
  /** `numpy.uint32` */
  uint32: Uint32Array<ArrayBuffer>;
  /** `numpy.int64` */
  int64: BigInt64Array<ArrayBuffer>;
  /** `numpy.uint64` */
  uint64: BigUint64Array<ArrayBuffer>;
  /** `numpy.float16` */
  float16: Float16Array<ArrayBuffer>;
  /** `torch.bfloat16`: its bits. */
  bfloat16: Uint16Array<ArrayBuffer>;
  /** `numpy.float32` */
  float32: Float32Array<ArrayBuffer>;
  /** `numpy.float64` */
  float64: Float64Array<ArrayBuffer>;
}

/** The element type of an array, by numpy's name; `keyof Elements` where it is not said. */
export type Dtype = keyof Elements;

/** A Python float or int that is an object in JS, such as `python.float(3)`. */
export type Float = Instance<"float">;

/** `slice(...)` */
export type Slice = Instance<"slice">;

/** What iterating gives. */
export type Each<T> = [Says<T, "each">] extends [never] ? unknown : Says<T, "each">;

/**
 * What awaiting gives.
 *
 * @internal
 */
export type Awaits<T> = [Says<T, "awaits">] extends [never] ? unknown : Says<T, "awaits">;

/** What being inside a context manager gives. */
export type Enters<T> = [Says<T, "enters">] extends [never] ? unknown : Says<T, "enters">;

/** What is said of `T` under the given name, or never. */
export type Says<T, What extends keyof About> = T extends
  { readonly [type]: { readonly [W in What]: infer Said } } ? Said : never;

/** Names of attributes. */
export type Name<T> = unknown extends T ? string
  : Says<T, "open"> extends never ? keyof T & string
  : string;

/** Python's type of an attribute. */
export type Member<T, N> = N extends keyof T ? T[N] : unknown;

/** What `view()` shows. */
export type Data<T> = [Says<T, "data">] extends [never] ? TypedArray
  : Says<T, "data"> & TypedArray;

/**
 * The name of a module.
 *
 * @internal
 */
export type ModuleName<T> = [Says<T, "module">] extends [never] ? string : Says<T, "module">;

/** Python's type of what a call returns. */
export type Returned<T> = CallOf<T> extends { readonly returns: infer R } ? R : unknown;

export type CallOf<T> = unknown extends T ? Anything
  : [Says<T, "call">] extends [never] ? ([Says<T, "open">] extends [never] ? never : Anything)
  : Says<T, "call">;

export type Get<S, K extends keyof Signature, Default> = S extends
  { readonly [Key in K]: infer Found } ? Found
  : Default;

// deno-lint-ignore ban-types -- the type of an object of which nothing is required
export type Empty = {};
