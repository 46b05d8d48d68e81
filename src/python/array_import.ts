/** Arrays of Python as typed arrays of JS over the same memory. */
import { ArrayView, type Memory } from "./array_view.ts";
import { check, checkStatus } from "./check.ts";
import { constructorFor, dtypeOfFormat } from "./dtype.ts";
import { helper } from "./helper.ts";
import { c } from "./library.ts";
import { singletons, textToJs } from "./scalars.ts";

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

/** Reads a memoryview's `Py_buffer`, and releases it: the memoryview keeps one of its own. */
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
      `Cannot view this array: it needs elements in this machine's byte order, found "${code}". ` +
        'Convert it in Python first: a.astype(a.dtype.newbyteorder("=")).',
    );
  }
  if (dtype === undefined || Constructor === undefined) {
    throw new TypeError(
      "Cannot view this array: it needs elements that JS has a typed array for, found " +
        `${
          dtype ?? "others"
        } (format "${code}"). Convert it in Python first, for example with astype.`,
    );
  }
  if (c.PyBuffer_IsContiguous(struct, "A".charCodeAt(0)) === 0) {
    throw new TypeError(
      "Cannot view this array: it needs contiguous memory, found gaps between its elements. Make a " +
        "copy first, with numpy.ascontiguousarray(...) or tensor.contiguous().",
    );
  }
  if (pointer! % size! !== 0n) {
    throw new TypeError(
      `Cannot view this array: it needs memory aligned to ${size} bytes, found it unaligned. ` +
        "Make a copy first: a.copy().",
    );
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
