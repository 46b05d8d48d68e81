import { expect } from "expect";
import { kw, PyObject, python, type PythonError, unconverted } from "clusterfit/python";
import { references, run } from "./support.ts";

const { Thing, three, state } = run(`
class Thing:
    number = 2 ** 70
    @property
    def broken(self):
        raise ValueError("not now")
state = []
def three():
    try:
        yield from (1, 2, 3)
    finally:
        state.append("closed")
`) as { Thing: PyObject; three: PyObject; state: PyObject };

Deno.test("results stay Python objects: of values, attributes, items, calls and iteration", () => {
  const list = unconverted.from([1, 2]);
  const results = [
    unconverted.from(2),
    unconverted.attr(Thing, "number")!,
    unconverted.item(list, 1),
    unconverted.call(python.builtins.attr("int") as PyObject, ["11", kw({ base: 2 })]),
    ...unconverted.iterate(list),
  ];
  for (const result of results) expect(result).toBeInstanceOf(PyObject);
  expect(results.map(unconverted.scalar)).toEqual([2, 2n ** 70n, 2, 3, 1, 2]);
});

Deno.test("only an exact scalar has a scalar", () => {
  expect(unconverted.scalar(unconverted.from(null))).toBe(null);
  expect(unconverted.scalar(unconverted.from([1]))).toBeUndefined();
  expect(unconverted.scalar(python.import("signal").attr("SIGINT") as PyObject)).toBeUndefined();
});

Deno.test("a missing attribute is undefined, one that raises throws", () => {
  const thing = Thing.call() as PyObject;
  expect(unconverted.attr(thing, "missing")).toBeUndefined();
  expect(() => unconverted.attr(thing, "broken")).toThrow("ValueError: not now");
  expect(() => unconverted.item(thing, 0)).toThrow("TypeError");
  expect(() => unconverted.call(thing, [])).toThrow("TypeError");
});

Deno.test("leaving an iteration early closes the generator", () => {
  for (const item of unconverted.iterate(three.call() as PyObject)) {
    expect(unconverted.scalar(item)).toBe(1);
    break;
  }
  expect(state.toJs()).toEqual(["closed"]);
});

Deno.test("each result owns one reference, and nothing else is kept", () => {
  const list = python.builtins.method("list", [[1]]) as PyObject;
  const inner = list.item(0) as PyObject;
  const counts = () => [references(list), references(inner)];
  const before = counts();
  for (let i = 0; i < 20; i++) {
    using item = unconverted.item(list, 0);
    using again = unconverted.call(python.builtins.attr("id") as PyObject, [item]);
    using method = unconverted.attr(list, "append")!;
    for (const member of unconverted.iterate(list)) member[Symbol.dispose]();
    expect([again, method]).not.toContain(undefined);
  }
  expect(counts()).toEqual(before);
});

Deno.test("a JS error has an exception, and an exception its JS error", () => {
  const error = new RangeError("mine");
  using exception = unconverted.exception(error);
  expect(exception.isInstance(python.builtins.attr("Exception") as PyObject)).toBe(true);
  const before = references(exception);
  expect(unconverted.error(exception)).toBe(error);
  expect(references(exception)).toBe(before);
  using own = python.builtins.method("ValueError", "theirs") as PyObject;
  const told = unconverted.error(own) as PythonError;
  expect(told).toMatchObject({ type: "ValueError", pythonMessage: "theirs" });
  expect(unconverted.exception(told).is(own)).toBe(true);
});
