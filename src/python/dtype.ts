/** The element types that both Python arrays and JS typed arrays have. */

/** A typed array over memory of this process. */
export type TypedArray =
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Uint8ClampedArray<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>
  | Float16Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

type TypedArrayConstructor = new (
  buffer: ArrayBuffer,
  offset?: number,
  length?: number,
) => TypedArray;

/** Typed array for each dtype that JS can hold; bool and bfloat16 as their bits. */
const constructors: Readonly<Record<string, TypedArrayConstructor>> = {
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float16: Float16Array,
  bfloat16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
};

/** The typed array for a dtype, or undefined where JS has none. */
export function constructorFor(dtype: string): TypedArrayConstructor | undefined {
  return constructors[dtype];
}

/** dtype of a `struct` format of `itemsize` bytes in this machine's byte order, else undefined. */
export function dtypeOfFormat(format: string, itemsize: number): string | undefined {
  const match = /^[@=<]?([?bBchHiIlLqQnNefd])$/.exec(format);
  const code = match?.[1];
  if (code === undefined) return undefined;
  if (code === "?") return "bool";
  const bits = itemsize * 8;
  if ("efd".includes(code)) return `float${bits}`;
  return "bhilqn".includes(code) ? `int${bits}` : `uint${bits}`;
}

/** numpy's type string of a typed array, such as `<f4`; undefined for views without elements. */
export function typestrOf(view: ArrayBufferView): string | undefined {
  return typestrs[Object.prototype.toString.call(view).slice("[object ".length, -1)];
}

const typestrs: Readonly<Record<string, string>> = {
  Int8Array: "|i1",
  Uint8Array: "|u1",
  Uint8ClampedArray: "|u1",
  Int16Array: "<i2",
  Uint16Array: "<u2",
  Int32Array: "<i4",
  Uint32Array: "<u4",
  BigInt64Array: "<i8",
  BigUint64Array: "<u8",
  Float16Array: "<f2",
  Float32Array: "<f4",
  Float64Array: "<f8",
};
