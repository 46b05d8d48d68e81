import { expect } from "expect";
import fc from "fast-check";
import { PyObject, python } from "clusterfit/deno-python";
import { python as bridge } from "clusterfit/python";

/** The value after a way to Python and back. */
const roundTrip = (value: Parameters<typeof PyObject.from>[0]) => PyObject.from(value).valueOf();

Deno.test("each type shortcut makes its type, and valueOf() gives the JS value", () => {
  expect(python.bool(true).valueOf()).toBe(true);
  expect(python.int(42).valueOf()).toBe(42);
  expect(python.float(42).valueOf()).toBe(42);
  expect(String(python.builtins.type(python.float(42)))).toBe("<class 'float'>");
  expect(python.str("'中文'").valueOf()).toBe("'中文'");
  expect(python.list([1, 2, 3]).valueOf()).toEqual([1, 2, 3]);
  expect(python.tuple([1, [2]]).valueOf()).toEqual([1, [2]]);
  expect(python.dict({ a: 1, b: [2] }).valueOf()).toEqual(
    new Map<string, unknown>([["a", 1], ["b", [2]]]),
  );
  expect(python.set([1, 2, 3]).valueOf()).toEqual(new Set([1, 2, 3]));
  expect(python.None.valueOf()).toBe(null);
  expect(PyObject.from(python.Ellipsis).valueOf()).toBe(python.Ellipsis);
});

Deno.test("the bytes of Python are a Uint8Array, and the other way round", () => {
  const bytes = Uint8Array.of(0, 1, 255);
  expect(roundTrip(bytes)).toEqual(bytes);
  expect(PyObject.from(bytes).toString()).toBe(String.raw`b'\x00\x01\xff'`);
});

Deno.test("a typed array is an ndarray over the same memory", () => {
  const data = Float32Array.of(1, 2, 3);
  const array = PyObject.from(data).proxy;
  expect(array.sum() + 0).toBe(6);
  array[1] = 10;
  expect(data[1]).toBe(10);
});

Deno.test("subclasses, numpy's scalars and frozensets stay proxies", () => {
  const np = python.import("numpy");
  expect(np.float64(0.5).valueOf().item().valueOf()).toBe(0.5);
  const counter = python.import("collections").Counter("aab");
  expect(counter.valueOf().most_common(1).valueOf()).toEqual([["a", 2]]);
  expect(python.builtins.frozenset([1]).valueOf().union([2]).isdisjoint([3]).valueOf()).toBe(true);
  expect(np.array([1, 2]).valueOf().shape.valueOf()).toEqual([2]);
});

Deno.test("numbers, of any size and kind, come back as they went", () => {
  const number = fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger(), fc.bigInt());
  fc.assert(
    fc.property(number, (value) => {
      const back = roundTrip(value);
      if (typeof value === "bigint") expect(BigInt(back)).toBe(value);
      else expect(back).toBe(value);
    }),
    { examples: [[2 ** 31], [2 ** 53], [1e300], [-0], [NaN], [2n ** 64n], [-(2n ** 31n)]] },
  );
});

Deno.test("text comes back as it went, NUL and lone surrogates included", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(roundTrip(text)).toBe(text);
      expect(roundTrip({ [text]: [text] })).toEqual(new Map([[text, [text]]]));
    }),
    { examples: [["a\0b"], ["\ud800"], ["ключ"], [""], ["__proto__"]] },
  );
});

Deno.test("null and undefined become None, which becomes null", () => {
  expect(roundTrip([null, undefined])).toEqual([null, null]);
  expect(PyObject.from(null).isNone).toBe(true);
  expect(PyObject.from(0).isNone).toBe(false);
});

Deno.test("Symbols become str, objects of a class dicts", () => {
  class Options {
    depth = 2;
    #hidden = 3;
  }
  expect(roundTrip(Symbol("s"))).toBe("Symbol(s)");
  expect(roundTrip({ ...new Options() })).toEqual(new Map([["depth", 2]]));
  expect(roundTrip(new Options() as unknown as { depth: number })).toEqual(new Map([["depth", 2]]));
});

Deno.test("what Python has nothing for is refused, where it would have been an empty dict", () => {
  for (const value of [Promise.resolve(1), new Date(), /a/, new Error("e"), new WeakMap()]) {
    expect(() => PyObject.from([value] as unknown as [])).toThrow(
      "found an instance of",
    );
  }
});

Deno.test("the casts give what they are named after", () => {
  expect(PyObject.from(true).asBoolean()).toBe(true);
  expect(PyObject.from(-3).asLong()).toBe(-3);
  expect(PyObject.from(0.5).asDouble()).toBe(0.5);
  expect(PyObject.from("s").asString()).toBe("s");
  expect(PyObject.from(1).asString()).toBe(null);
  expect(PyObject.from([1, "a"]).asArray()).toEqual([1, "a"]);
  expect(PyObject.from(python.tuple([1])).asTuple()).toEqual([1]);
  expect(PyObject.from([1, 1]).asSet()).toEqual(new Set([1]));
  expect(PyObject.from({ a: 1 }).asDict()).toEqual(new Map([["a", 1]]));
});

Deno.test("a cast that has no answer is an error", () => {
  expect(() => PyObject.from("x").asLong()).toThrow("ValueError");
  expect(() => PyObject.from(2n ** 64n).asLong()).toThrow("found 18446744073709551616");
  expect(() => PyObject.from([]).asDouble()).toThrow("TypeError");
  expect(() => PyObject.from(1).asArray()).toThrow("TypeError: 'int' object is not iterable");
  expect(() => PyObject.from(1).asDict()).toThrow("AttributeError");
});

Deno.test("an object that contains itself is refused", () => {
  const list = python.list([1]);
  list.append(list);
  expect(() => list.valueOf()).toThrow("needs at most 900 levels of nesting");
  const array: unknown[] = [];
  array.push(array);
  expect(() => PyObject.from(array as [])).toThrow(RangeError);
});

Deno.test("equals() is Python's ==", () => {
  expect(PyObject.from([1, 2]).equals([1, 2])).toBe(true);
  expect(PyObject.from([1, 2]).equals([1])).toBe(false);
  expect(PyObject.from(1).equals(1.5)).toBe(false);
  const array = PyObject.from(python.import("numpy").array([1, 2]));
  expect(() => array.equals([1, 2])).toThrow("ValueError: The truth value of an array");
});

Deno.test("attributes by name: missing ones, isinstance, handle and owned", () => {
  const object = PyObject.from("text");
  expect(object.getAttr("upper").call().valueOf()).toBe("TEXT");
  expect(object.maybeGetAttr("missing")).toBeUndefined();
  expect(() => object.getAttr("missing")).toThrow("Attribute 'missing' not found: <class 'str'>");
  expect([object.hasAttr("upper"), object.hasAttr("missing")]).toEqual([true, false]);
  expect([object.isInstance(python.str), object.isInstance(python.int)]).toEqual([true, false]);
  expect(() => object.isInstance(1)).toThrow("TypeError");
  expect(object.owned).toBe(object);
  const id = python.builtins.id(object).valueOf();
  expect(Deno.UnsafePointer.value(object.handle)).toBe(BigInt(id));
});

Deno.test("an object of the bridge can be passed, and wrapped; a proxy leads to one", () => {
  const list = bridge.tuple(1, 2);
  expect(new PyObject(list).proxy[1].valueOf()).toBe(2);
  expect(python.list([list]).valueOf()).toEqual([[1, 2]]);
  expect(PyObject.from(python.list([3])).reference.item(0)).toBe(3);
});
