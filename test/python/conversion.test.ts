import { expect } from "expect";
import fc from "fast-check";
import { type Convertible, type PyObject, python } from "clusterfit/python";
import { evaluate, run } from "./support.ts";

const { echo, same, kind, units, bits } = run(`
import struct
def echo(value): return value
def kind(value): return type(value).__name__
def same(value, text):
    "Whether Python reads the same value from a text that JS wrote"
    return value == eval(text) and type(value) is type(eval(text))
def units(text):
    "The UTF-16 code units of a str"
    return list(memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H"))
def bits(value):
    return struct.pack("<d", value)
`) as { echo: PyObject; same: PyObject; kind: PyObject; units: PyObject; bits: PyObject };

/** The value after a round trip, however deep. */
function roundTrip(value: Convertible): unknown {
  return (python.builtins.method("list", [value]) as PyObject).toJs() as unknown[];
}

const runs = { numRuns: 2000 };

Deno.test("every JS number comes back the same, -0, NaN and infinities included", () => {
  fc.assert(
    fc.property(fc.oneof(fc.double(), fc.maxSafeInteger(), fc.float()), (value) => {
      expect(Object.is(echo.call(value), value)).toBe(true);
      expect(bits.call(value)).toEqual(new Uint8Array(Float64Array.of(value).buffer));
    }),
    { ...runs, examples: [[-0], [NaN], [Infinity], [2 ** 31], [2 ** 53], [-1], [1e300], [5e-324]] },
  );
});

Deno.test("numbers are ints when they are safe integers, else floats, and explicit types win", () => {
  expect(kind.call(2 ** 53 - 1)).toBe("int");
  expect(kind.call(2 ** 53)).toBe("float");
  expect(kind.call(-0)).toBe("float");
  expect(kind.call(0.5)).toBe("float");
  expect(kind.call(python.float(3))).toBe("float");
  expect(kind.call(python.int(2 ** 60))).toBe("int");
  expect(() => python.int(0.5)).toThrow(RangeError);
});

Deno.test("integers of up to 4096 bits keep their value on both sides", () => {
  const bound = 2n ** 4096n;
  fc.assert(
    fc.property(
      fc.oneof(
        fc.bigInt({ min: -bound, max: bound }),
        fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }),
      ),
      (value) => {
        expect(BigInt(echo.call(value) as bigint | number)).toBe(value);
        const digits = `0x${(value < 0n ? -value : value).toString(16)}`;
        expect(same.call(value, value < 0n ? `-${digits}` : digits)).toBe(true);
      },
    ),
    {
      ...runs,
      examples: [[2n ** 31n], [2n ** 53n], [2n ** 53n - 1n], [2n ** 64n], [-(2n ** 63n)], [-1n]],
    },
  );
  expect(echo.call(2n ** 53n)).toBe(2n ** 53n);
  expect(echo.call(5n)).toBe(5);
});

Deno.test("every JS string comes back the same, NUL and lone surrogates included", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
      ),
      (text) => {
        expect(echo.call(text)).toBe(text);
        const codes = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
        expect((units.call(text) as PyObject).toJs()).toEqual(codes);
      },
    ),
    {
      ...runs,
      examples: [["a\0b"], ["\ud800"], ["\ufeffa"], ["\udc00\ud800"], ["\ud800\ud800\udc00"], [
        "é".repeat(40),
      ], [
        "x".repeat(5000),
      ]],
    },
  );
  expect(evaluate("len").call("a\0b\u{1f600}")).toBe(4);
});

Deno.test("bytes are copied both ways", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(echo.call(bytes)).toEqual(bytes);
    }),
    runs,
  );
  expect(kind.call(new Uint8Array(2))).toBe("bytes");
});

const scalar = fc.oneof(
  fc.double({ noNaN: true }).filter((x) => !Object.is(x, -0)),
  fc.integer(),
  fc.string({ unit: "binary" }),
  fc.boolean(),
  fc.constant(null),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 200n }),
);
const { tree } = fc.letrec<{ tree: Convertible }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    scalar,
    fc.uint8Array() as fc.Arbitrary<Convertible>,
    fc.array(tie("tree")),
    fc.dictionary(fc.string({ unit: "binary" }), tie("tree"), { noNullPrototype: true }),
    fc.uniqueArray(scalar, { selector: (x) => typeof x === "boolean" ? Number(x) : x })
      .map((values) => new Set(values)),
    fc.array(fc.tuple(fc.integer(), tie("tree")), { minLength: 1 }).map((pairs) => new Map(pairs)),
  ) as fc.Arbitrary<Convertible>,
}));

Deno.test("nested arrays, objects, Maps and Sets come back equal", () => {
  fc.assert(fc.property(tree, (value) => expect(roundTrip(value)).toEqual([value])), runs);
});

Deno.test("None, booleans and undefined are what they should be", () => {
  expect([echo.call(null), echo.call(undefined), echo.call(true), echo.call(false)])
    .toEqual([null, null, true, false]);
  expect(kind.call(true)).toBe("bool");
});

Deno.test("dicts become objects where all keys are strings, else Maps", () => {
  expect(evaluate("{'a': {1: 'x'}, '__proto__': 2}").toJs())
    .toEqual(
      JSON.parse(
        '{"a": 0, "__proto__": 2}',
        (key, value) => key === "a" ? new Map([[1, "x"]]) : value,
      ),
    );
  expect(evaluate("{}").toJs()).toEqual({});
  expect(evaluate("{(1, 2): frozenset({3})}").toJs()).toEqual(new Map([[[1, 2], new Set([3])]]));
});

Deno.test("toJs keeps sharing and cycles, and stops at the depth asked for", () => {
  const { loop } = run("loop = [1]\nloop.append(loop)\nloop.append({'self': loop})") as {
    loop: PyObject;
  };
  const values = loop.toJs() as unknown[];
  expect(values[1]).toBe(values);
  expect((values[2] as { self: unknown }).self).toBe(values);
  const shallow = evaluate("[[1], {'a': 1}, (), 5]").toJs({ depth: 1 }) as PyObject[];
  expect(shallow.map(String)).toEqual(["[1]", "{'a': 1}", "()", "5"]);
});

Deno.test("subclasses of scalars stay objects until toJs asks for their value", () => {
  const colour = evaluate("__import__('enum').IntEnum('Colour', 'RED').RED");
  expect(colour.attr("name")).toBe("RED");
  expect(colour.toJs()).toBe(1);
  const np = python.import("numpy");
  expect((np.method("float64", 0.5) as PyObject).toJs()).toBe(0.5);
  expect((np.method("float32", 0.5) as PyObject).toJs()).toBe(0.5);
  expect((np.method("int64", 5) as PyObject).toJs()).toBe(5);
});

Deno.test("what has no Python object is refused with the reason", () => {
  expect(() => echo.call(new Date() as unknown as null)).toThrow("an instance of Date");
  expect(() => echo.call(Symbol("s") as unknown as null)).toThrow("a symbol");
  const cyclic: Convertible[] = [];
  cyclic.push(cyclic);
  expect(() => echo.call(cyclic)).toThrow("does it contain itself?");
  expect(() => echo.call(new Set([[1]]))).toThrow("unhashable type: 'list'");
});
