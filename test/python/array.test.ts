import { expect } from "expect";
import { kw, type PyObject, python, type TypedArray } from "clusterfit/python";
import { evaluate, references, run, testWith } from "./support.ts";

const np = python.import("numpy");

Deno.test("an ndarray is viewed without a copy, whatever its dtype", () => {
  const expected: Record<string, TypedArray> = {
    bool: Uint8Array.of(1, 0, 1),
    int8: Int8Array.of(1, 0, 3),
    uint8: Uint8Array.of(1, 0, 3),
    int16: Int16Array.of(1, 0, 3),
    uint16: Uint16Array.of(1, 0, 3),
    int32: Int32Array.of(1, 0, 3),
    uint32: Uint32Array.of(1, 0, 3),
    int64: BigInt64Array.of(1n, 0n, 3n),
    uint64: BigUint64Array.of(1n, 0n, 3n),
    float16: Float16Array.of(1, 0, 3),
    float32: Float32Array.of(1, 0, 3),
    float64: Float64Array.of(1, 0, 3),
  };
  for (const [dtype, data] of Object.entries(expected)) {
    using array = np.method("array", [1, 0, 3], kw({ dtype })) as PyObject;
    using view = array.view();
    expect([view.dtype, view.shape, view.strides, view.readonly]).toEqual([dtype, [3], [1], false]);
    expect(view.data).toEqual(data);
    view.data[1] = view.data[0]!;
    expect((array.item(1) as PyObject).toJs()).toBe(dtype === "bool" ? true : 1);
  }
});

Deno.test("every kind of typed array becomes an ndarray over the same memory", () => {
  const arrays: TypedArray[] = [
    Int8Array.of(1, 2),
    Uint8ClampedArray.of(1, 2),
    Int16Array.of(1, 2),
    Uint16Array.of(1, 2),
    Int32Array.of(1, 2),
    Uint32Array.of(1, 2),
    BigInt64Array.of(1n, 2n),
    BigUint64Array.of(1n, 2n),
    Float16Array.of(1, 2),
    Float32Array.of(1, 2),
    Float64Array.of(1, 2),
  ];
  for (const data of arrays) {
    using array = evaluate("lambda a: a").call(data) as PyObject;
    array.setItem(0, 2);
    expect(Number(data[0])).toBe(2);
    data[1] = data[0]!;
    expect((array.item(1) as PyObject).toJs()).toBe(2);
    using view = array.view();
    expect(Array.from(view.data, Number)).toEqual([2, 2]);
  }
});

Deno.test("python.array takes a shape, and part of a buffer, and bytes", () => {
  const buffer = new Float32Array(10).map((_, i) => i);
  using grid = python.array(buffer.subarray(2, 8), { shape: [2, 3] });
  expect((grid.method("tolist") as PyObject).toJs()).toEqual([[2, 3, 4], [5, 6, 7]]);
  expect((python.array(Uint8Array.of(7)).attr("dtype") as PyObject).attr("name")).toBe("uint8");
  expect((python.array(new Float32Array(0), { shape: [0, 5] }).attr("shape") as PyObject).toJs())
    .toEqual([0, 5]);
  expect(() => python.array(buffer, { shape: [3] })).toThrow(
    "shape [3] needs 3 elements, found 10",
  );
  expect(() => python.array(new DataView(new ArrayBuffer(8)))).toThrow(
    "it needs a typed array, found DataView",
  );
  expect(() => python.array(new Uint8Array(new ArrayBuffer(8, { maxByteLength: 16 })))).toThrow(
    "resizable",
  );
});

Deno.test("after release the handle throws and the array is detached", () => {
  using array = np.method("ones", 4) as PyObject;
  const before = references(array);
  const view = array.view();
  const { data } = view;
  expect(references(array)).toBeGreaterThan(before);
  view.release();
  view.release();
  expect(data.length).toBe(0);
  expect(() => view.data).toThrow("found it released");
  expect(() => view.shape).toThrow("found it released");
  expect(references(array)).toBe(before);
});

Deno.test("Deno.inspect shows a view's dtype, shape and elements", () => {
  const view = (np.method("ones", python.tuple(2, 3), kw({ dtype: "float32" })) as PyObject).view();
  expect(Deno.inspect(view)).toBe(
    "ArrayView float32 [ 2, 3 ] Float32Array(6) [ 1, 1, 1, 1, 1, 1 ]",
  );
  view.release();
  expect(Deno.inspect(view)).toBe("ArrayView <released>");
  const frozen = python.builtins.method("memoryview", Uint8Array.of(7)) as PyObject;
  expect(Deno.inspect([frozen.view()])).toBe(
    "[ ArrayView uint8 [ 1 ] read-only Uint8Array(1) [ 7 ] ]",
  );
});

Deno.test("a view keeps the memory of an array that Python has forgotten", () => {
  const array = np.method("arange", 100_000, kw({ dtype: "float64" })) as PyObject;
  const { data } = array.view();
  array[Symbol.dispose]();
  for (let i = 0; i < 50; i++) (np.method("full", 100_000, -1.0) as PyObject)[Symbol.dispose]();
  expect(data[99_999]).toBe(99_999);
});

Deno.test("a bytearray cannot be resized while it is viewed", () => {
  using bytes = evaluate("bytearray(b'abc')");
  const view = bytes.view();
  expect(view.data).toEqual(Uint8Array.of(97, 98, 99));
  expect(() => bytes.method("append", 1)).toThrow("BufferError");
  view.release();
  bytes.method("append", 1);
  expect(bytes.length).toBe(4);
});

Deno.test("numpy does not resize an array whose memory is viewed, whatever it is told", () => {
  const arrays = run(`
import numpy as np
def make(n=8): return np.arange(float(n))
class Kept(np.ndarray): pass
whole = make()
part = make()
slice_of = part[2:6].reshape(2, 2)
buffered = make()
through_memoryview = np.asarray(memoryview(buffered)[1:3])
subclass = make().copy().view(Kept).copy()
plain = make()
as_memoryview = memoryview(plain)
def resize(array): array.resize(1_000_000, refcheck=False)
`) as Record<string, PyObject>;
  const pairs = [
    ["whole", "whole"],
    ["slice_of", "part"],
    ["through_memoryview", "buffered"],
    ["subclass", "subclass"],
    ["as_memoryview", "plain"],
  ] as const;
  for (const [viewed, owner] of pairs) {
    const array = arrays[owner]!;
    const view = arrays[viewed]!.view();
    const again = arrays[viewed]!.view();
    const before = [...view.data as Float64Array];
    view.release();
    expect(() => arrays.resize!.call(array)).toThrow("cannot resize");
    expect([...again.data as Float64Array]).toEqual(before);
    again.release();
    arrays.resize!.call(array);
    expect(array.length).toBe(1_000_000);
  }
});

Deno.test("nor is other memory resized that is viewed", () => {
  const { converters } = run(`
import array, io, mmap
def of(target, method, *args): return target, lambda: getattr(target, method)(*args)
converters = [
    of(array.array("d", [1.0, 2.0]), "append", 3.0),
    of(mmap.mmap(-1, 4096), "resize", 8192),
    of(mmap.mmap(-1, 4096), "close"),
]
bytes_io = io.BytesIO(b"abc")
converters.append((bytes_io.getbuffer(), lambda: bytes_io.write(b"longer than before")))
`) as { converters: PyObject };
  for (const pair of converters as Iterable<PyObject>) {
    const [target, resize] = pair.toJs() as [PyObject, PyObject];
    using _view = target.view();
    expect(() => resize.call()).toThrow("BufferError");
  }
});

testWith(["torch"], "torch does not resize a tensor whose memory is viewed", () => {
  const { tensor, resizes } = run(`
import torch
tensor = torch.ones(8)
resizes = [
    lambda: tensor.resize_(1_000_000),
    lambda: tensor.untyped_storage().resize_(4_000_000),
]
`) as { tensor: PyObject; resizes: PyObject };
  const view = tensor.view();
  for (const resize of resizes as Iterable<PyObject>) {
    expect(() => resize.call()).toThrow("not resizable");
  }
  tensor.method("set_", python.import("torch").method("zeros", 1_000_000) as PyObject);
  expect([...view.data as Float32Array]).toEqual(Array(8).fill(1));
});

Deno.test("read-only memory says so", () => {
  using bytes = python.builtins.method("memoryview", Uint8Array.of(1, 2)) as PyObject;
  expect(bytes.view().readonly).toBe(true);
  using frozen = np.method("zeros", 2) as PyObject;
  frozen.method("setflags", kw({ write: false }));
  expect(frozen.view().readonly).toBe(true);
});

Deno.test("shape and strides describe transposed, scalar and empty arrays", () => {
  using grid = np.method("zeros", python.tuple(2, 3)) as PyObject;
  const transposed = (grid.attr("T") as PyObject).view();
  expect([transposed.shape, transposed.strides]).toEqual([[3, 2], [1, 3]]);
  const scalar = (np.method("array", 5.5) as PyObject).view();
  expect([scalar.shape, scalar.data[0]]).toEqual([[], 5.5]);
  expect((np.method("zeros", python.tuple(0, 3)) as PyObject).view().data.length).toBe(0);
});

Deno.test("what JS cannot hold or does not lie side by side is refused with the remedy", () => {
  expect(() => evaluate("__import__('numpy').zeros(8)[::2]").view()).toThrow("ascontiguousarray");
  expect(() => (np.method("zeros", 2, kw({ dtype: ">f4" })) as PyObject).view()).toThrow(
    "byte order",
  );
  expect(() => (np.method("zeros", 2, kw({ dtype: "complex64" })) as PyObject).view()).toThrow(
    "complex64",
  );
  expect(() => evaluate("object()").view()).toThrow("TypeError");
});

testWith(["torch"], "torch CPU tensors are viewed without a copy, bfloat16 as its bits", () => {
  const torch = python.import("torch");
  using tensor = torch.method("ones", 2, 3, kw({ requires_grad: true })) as PyObject;
  using view = tensor.view();
  expect([view.dtype, view.shape, view.strides]).toEqual(["float32", [2, 3], [3, 1]]);
  view.data[5] = 7;
  expect((tensor.method("sum") as PyObject).method("item")).toBe(12);
  using bits = torch.method(
    "ones",
    2,
    kw({ dtype: torch.attr("bfloat16") as PyObject }),
  ) as PyObject;
  using raw = bits.view();
  expect([raw.dtype, raw.data]).toEqual(["bfloat16", Uint16Array.of(0x3f80, 0x3f80)]);
  using half = torch.method(
    "ones",
    2,
    kw({ dtype: torch.attr("float16") as PyObject }),
  ) as PyObject;
  expect(half.view().data).toEqual(Float16Array.of(1, 1));
  const ours = Float32Array.of(1, 2);
  using shared = torch.method("from_numpy", ours) as PyObject;
  shared.method("mul_", 10);
  expect(ours).toEqual(Float32Array.of(10, 20));
  expect(() => (torch.method("ones", 1, kw({ device: "meta" })) as PyObject).view()).toThrow(
    ".cpu()",
  );
});

testWith(["numpy"], "a subclass of a typed array is passed as what it extends", () => {
  class Vector extends Float32Array {}
  expect(python.builtins.method("str", new Vector([1, 2]))).toBe("[1. 2.]");
});
