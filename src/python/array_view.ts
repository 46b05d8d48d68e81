/** The memory of a Python array as a typed array, without a copy. */
import { check, checkStatus } from "./check.ts";
import { constructorFor, dtypeOfFormat, type TypedArray } from "./dtype.ts";
import { helper } from "./helper.ts";
import { isRunning } from "./gil.ts";
import { c } from "./library.ts";
import { forgotten, release } from "./ref.ts";
import { singletons, textToJs } from "./scalars.ts";

interface Memory {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly dtype: string;
  readonly readonly: boolean;
}

/**
 * A typed array over the memory of a Python object. Writes are seen on both sides.
 *
 * The memory stays while either side holds it: until `release()`, or until JS has forgotten the
 * array's buffer. After `release()` this handle throws and the array is detached (length 0). An
 * ArrayBuffer that was given away with `transfer()` or `postMessage` is out of reach of that rule:
 * do not release (or forget) a view whose buffer you have transferred.
 *
 * JS cannot forbid writes: where `readonly` is true, writing is a mistake with undefined effects.
 */
export class ArrayView<out Data extends TypedArray = TypedArray> implements Disposable {
  #memory: Memory | undefined;
  #pin: bigint;

  /** Takes over the reference `pin`, which keeps the memory alive and in its place. */
  constructor(memory: Memory, pin: bigint) {
    this.#memory = memory;
    this.#pin = pin;
    forgotten.register(memory.data.buffer, pin, memory.data.buffer);
  }

  get #open(): Memory {
    if (this.#memory === undefined) throw new ReferenceError("This array view has been released.");
    return this.#memory;
  }

  /** The elements, in memory order; bool as Uint8Array, bfloat16 as the bits in a Uint16Array. */
  get data(): Data {
    return this.#open.data as Data;
  }

  /** Length of each dimension. */
  get shape(): readonly number[] {
    return this.#open.shape;
  }

  /** Steps of each dimension, in elements. */
  get strides(): readonly number[] {
    return this.#open.strides;
  }

  /** numpy's or torch's name of the element type, for example `float32`. */
  get dtype(): string {
    return this.#open.dtype;
  }

  /** Whether Python forbids writing. */
  get readonly(): boolean {
    return this.#open.readonly;
  }

  /** Detaches the array and lets go of the memory. Harmless twice. */
  release(): void {
    if (this.#memory === undefined) return;
    const { buffer } = this.#memory.data;
    this.#memory = undefined;
    forgotten.unregister(buffer);
    if (!buffer.detached) buffer.transfer(0);
    if (isRunning()) release(this.#pin);
  }

  [Symbol.dispose](): void {
    this.release();
  }

  /** What `Deno.inspect` and `console.log` show: dtype, shape and elements. */
  [Symbol.for("Deno.customInspect")](
    inspect: typeof Deno.inspect,
    options: Deno.InspectOptions,
  ): string {
    if (this.#memory === undefined) return "ArrayView <released>";
    const { dtype, shape, readonly, data } = this.#memory;
    const access = readonly ? " read-only" : "";
    return `ArrayView ${dtype} ${inspect(shape, options)}${access} ${inspect(data, options)}`;
  }
}

/** Views the memory of a borrowed object. With the GIL held. */
export function viewOf(address: bigint): ArrayView {
  const pin = check(c.PyObject_CallOneArg(helper("export"), address));
  try {
    const memoryview = check(c.PyTuple_GetItem(pin, 0n));
    const name = check(c.PyTuple_GetItem(pin, 1n));
    const memory = memoryOf(memoryview, name === singletons.none ? undefined : textToJs(name));
    return new ArrayView(memory, pin);
  } catch (error) {
    c.Py_DecRef(pin);
    throw error;
  }
}

const fullReadOnly = 0x11c; // PyBUF_FULL_RO: format, shape, strides and indirection, writable or not

/** Reads a memoryview's `Py_buffer`, which may go: the memoryview has one of its own. */
function memoryOf(memoryview: bigint, name: string | undefined): Memory {
  const struct = new BigUint64Array(new ArrayBuffer(80));
  checkStatus(c.PyObject_GetBuffer(memoryview, struct, fullReadOnly));
  try {
    return describe(struct, name);
  } finally {
    c.PyBuffer_Release(struct);
  }
}

function describe(struct: BigUint64Array<ArrayBuffer>, name: string | undefined): Memory {
  const [pointer, , length, size, flags, format, shape, strides] = struct as unknown as bigint[];
  const itemsize = Number(size);
  const ndim = Number(flags! >> 32n);
  const code = format === 0n ? "B" : Deno.UnsafePointerView.getCString(at(format!));
  const dtype = name ?? dtypeOfFormat(code, itemsize);
  const Constructor = dtype === undefined ? undefined : constructorFor(dtype);
  if (/^[>!]/.test(code)) {
    throw new TypeError(
      `Viewing an array failed: its elements (format "${code}") have the byte order of other ` +
        'machines; convert it in Python first: a.astype(a.dtype.newbyteorder("=")).',
    );
  }
  if (dtype === undefined || Constructor === undefined) {
    throw new TypeError(
      `Viewing an array failed: JS has no typed array for ${dtype ?? "this element type"} ` +
        `(format "${code}"); convert it in Python first, for example with astype.`,
    );
  }
  if (c.PyBuffer_IsContiguous(struct, "A".charCodeAt(0)) === 0) {
    throw new TypeError(
      "Viewing an array failed: its elements do not lie side by side in memory; make a copy first, " +
        "with numpy.ascontiguousarray(...) or tensor.contiguous().",
    );
  }
  if (pointer! % size! !== 0n) {
    throw new TypeError("Viewing an array failed: its memory is not aligned; make a copy first.");
  }
  const buffer = length === 0n
    ? new ArrayBuffer(0)
    : Deno.UnsafePointerView.getArrayBuffer(at(pointer!), Number(length));
  return {
    data: new Constructor(buffer),
    shape: ndim === 0 ? [] : integers(shape!, ndim),
    strides: ndim === 0 ? [] : integers(strides!, ndim).map((bytes) => bytes / itemsize),
    dtype,
    readonly: (flags! & 0xffffffffn) !== 0n,
  };
}

function at(address: bigint): Deno.PointerObject {
  return Deno.UnsafePointer.create(address)!;
}

function integers(address: bigint, count: number): number[] {
  const values = new BigInt64Array(Deno.UnsafePointerView.getArrayBuffer(at(address), count * 8));
  return Array.from(values, Number);
}
