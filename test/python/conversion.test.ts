import { expect } from "expect";
import { type Convertible, PyObject, python } from "clusterfit/python";
import { journeys, send } from "./round_trip.ts";
import { evaluate, inChild, run } from "./support.ts";

const { echo, kind } = run(`
def echo(value): return value
def kind(value): return type(value).__name__
`) as { echo: PyObject; kind: PyObject };

for (const name of Object.keys(journeys)) {
  Deno.test(`${name} keep their value and type in Python and come back the same`, () => {
    send(name, 2000);
  });
}

Deno.test("numbers are ints when they are safe integers, else floats, and explicit types win", () => {
  expect(kind.call(2 ** 53 - 1)).toBe("int");
  expect(kind.call(2 ** 53)).toBe("float");
  expect(kind.call(-0)).toBe("float");
  expect(kind.call(0.5)).toBe("float");
  expect(kind.call(python.float(3))).toBe("float");
  expect(kind.call(python.int(2 ** 60))).toBe("int");
  expect(() => python.int(0.5)).toThrow(RangeError);
});

Deno.test("an address is a number that Python knows again", () => {
  const object = evaluate("object()");
  const address = python.builtins.method("id", object);
  expect(evaluate("lambda o, address: id(o) == address").call(object, address as number)).toBe(
    true,
  );
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

Deno.test("toJs does not take a new object for the one that was at its address before", () => {
  const { fresh } = run(`
class Fresh(list):
    def __iter__(self):
        for i in range(5): yield [i]
fresh = Fresh()
`) as { fresh: PyObject };
  expect(fresh.toJs()).toEqual([[0], [1], [2], [3], [4]]);
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
  expect(() => echo.call(cyclic)).toThrow("needs at most 500 levels of nesting");
  expect(() => echo.call(new Set([[1]]))).toThrow("unhashable type: 'list'");
});

Deno.test("long arrays of numbers become the same lists as one by one", () => {
  const { kinds } = run("def kinds(values): return [type(v).__name__ + repr(v) for v in values]");
  const odd = [0, -0, NaN, Infinity, -Infinity, 2 ** 31, -(2 ** 31), 2 ** 53, 0.1, 1e300, 5e-324];
  for (const first of odd) {
    for (const other of [...odd, null, true, "text", 3n]) {
      const short = (kinds!.call([first, other]) as PyObject).toJs() as string[];
      const long = [...Array(40).fill(first), other, ...Array(40).fill(first)];
      const found = (kinds!.call(long) as PyObject).toJs() as string[];
      expect([found[0], found[40], found[80]]).toEqual([short[0], short[1], short[0]]);
      expect(found.length).toBe(81);
    }
  }
});

Deno.test("long lists become the same arrays as item by item", () => {
  for (
    const source of [
      "[x / 3 for x in range(100)]",
      "[1.5] * 100",
      "[7] * 50 + [1e300, -0.0, float('nan')] * 50",
      "[2**31 - 1, -2**31, 2**31, 2**53, 2**80] * 20",
      "[1.0] * 40 + [True]",
      "[1.0] * 40 + [None]",
      "[1.0] * 40 + ['text']",
      "[1.0] * 40 + [b'bytes']",
      "[1.0] * 40 + [[1, 2]]",
      "[1.0] * 40 + [(1, 2)]",
      "[1.0] * 40 + [type('Half', (float,), {})(0.5)]",
    ]
  ) {
    const list = evaluate(source);
    const oneByOne = Array.from({ length: list.length }, (_, i) => {
      const item = list.item(i);
      return item instanceof PyObject ? item.toJs() : item;
    });
    expect(list.toJs()).toEqual(oneByOne);
  }
  const itself = evaluate("(lambda l: (l.append(l), l)[1])([1.0] * 40)").toJs() as unknown[];
  expect(itself[40]).toBe(itself);
});

Deno.test("arguments that a getter shortens leave no empty place in the tuple", async () => {
  const { code, stdout } = await inChild(`
exec("def show(*args): return repr(args)");
const args: number[] = [1, 2, 3];
Object.defineProperty(args, 0, { get() { args.length = 1; return 7; } });
console.log(await python.job(py("show"), args));
`);
  expect([code, stdout.trim()]).toEqual([0, "(7, None, None)"]);
});

Deno.test("a dict that the garbage collector changes meanwhile is converted as it was", async () => {
  const { code, stdout } = await inChild(`
exec(\`
import gc
def shrink_at(collection):
    d = {str(i): i for i in range(8)}
    left = collection
    def shrink(phase, info):
        nonlocal left
        left -= phase == 'stop'
        if left == 0: d.clear()
    gc.collect()
    gc.callbacks[:] = [shrink]
    gc.set_threshold(1)
    return d
def stop():
    gc.callbacks.clear()
    gc.set_threshold(700)
\`);
for (let collection = 1; collection < 12; collection++) {
  const dict = py("shrink_at").call(collection) as PyObject;
  const keys = Object.entries(dict.toJs() as object).map(([key, value]) => key === String(value));
  py("stop").call();
  console.log(keys.every((same) => same));
}
`);
  expect([code, new Set(stdout.trim().split("\n"))]).toEqual([0, new Set(["true"])]);
});

Deno.test("what a subclass or a mock says of itself does not change its value", () => {
  const values = run(`
from unittest.mock import Mock
class Text(str):
    def __getnewargs__(self): return ("other",)
values = [Text("text"), Mock(spec=int)]
`)["values"]!;
  const [text, mock] = values.toJs() as unknown[];
  expect(text).toBe("text");
  expect(mock).toBeInstanceOf(PyObject);
});
