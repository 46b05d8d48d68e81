import { expect } from "expect";
import { maybeThrowError, PyObject, python, PythonError } from "clusterfit/deno-python";
import { errorOf } from "./error_of.ts";

Deno.test("an exception has its type, value and traceback as objects", () => {
  const error = errorOf(() => python.runModule("def f(): 1 / 0\nf()", "error_test_a"));
  expect(error.type).toBeInstanceOf(PyObject);
  expect(error.type.equals(python.builtins.ZeroDivisionError)).toBe(true);
  expect(error.value.isInstance(python.builtins.ArithmeticError)).toBe(true);
  const frames = python.import("traceback").extract_tb(error.traceback);
  expect([...frames].map((frame) => frame.proxy.name.valueOf())).toEqual(["<module>", "f"]);
});

Deno.test("its message has the type, the text and the traceback; its stack is JS's", () => {
  const error = errorOf(() => python.runModule("1 / 0", "error_test_b"));
  expect(error.message).toMatch(/^ZeroDivisionError: division by zero\n\nTraceback/);
  expect(error.message).toContain(`File "error_test_b", line 1, in <module>`);
  expect(error.stack).toContain("error.test.ts");
  expect(errorOf(() => python.int("x")).message).not.toContain("Traceback");
});

Deno.test("the chain of causes is kept", () => {
  const source = "try:\n  1 / 0\nexcept ArithmeticError as e:\n  raise KeyError('k') from e";
  const error = errorOf(() => python.runModule(source, "error_test_c"));
  expect(error.cause).toBeInstanceOf(PythonError);
  expect((error.cause as PythonError).type.equals(python.builtins.ZeroDivisionError)).toBe(true);
});

Deno.test("sys.exit() is an exception, and the process goes on", () => {
  for (
    const run of [() => python.run("import sys; sys.exit(3)"), () => python.import("sys").exit(3)]
  ) {
    const error = errorOf(run);
    expect(error.type.equals(python.builtins.SystemExit)).toBe(true);
    expect(error.value.proxy.code.valueOf()).toBe(3);
  }
});

Deno.test("no error is left behind for a later call", () => {
  expect(python.list([])[5]).toBeUndefined();
  expect(python.dict({}).missing).toBeUndefined();
  expect(PyObject.from(1).maybeGetAttr("missing")).toBeUndefined();
  expect(python.tuple([1, 2]).valueOf()).toEqual([1, 2]);
  maybeThrowError();
});

Deno.test("a generator's error surfaces where it is raised", () => {
  const { broken } = python.runModule("def broken():\n  yield 1\n  raise ValueError('half-way')");
  const seen: unknown[] = [];
  expect(() => {
    for (const item of broken()) seen.push(item.valueOf());
  }).toThrow("ValueError: half-way");
  expect(seen).toEqual([1]);
  expect(() => [...python.int(3)]).toThrow("TypeError: 'int' object is not iterable");
});
